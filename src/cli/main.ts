#!/usr/bin/env node
import { checkNodeVersion } from './node-version.ts';

checkNodeVersion(process.versions.node);
// Only now: on an older Node the imports behind it fail with a page of internals.
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv);
