#!/usr/bin/env node
import { checkNodeVersion } from './node-version.ts';

checkNodeVersion(process.versions.node);
// Only now: on an older Node the imports behind it fail with a page of internals.
const { enableCompileCache } = await import('node:module');
// From the second start on this halves the time until the first word; where nothing can be written, nothing is.
enableCompileCache();
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv);
