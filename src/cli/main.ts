#!/usr/bin/env node
import { NODE_FLAGS } from './controller/node-flags.ts';
import { restartWith } from './controller/restart.ts';
import { checkNodeVersion } from './node-version.ts';

checkNodeVersion(process.versions.node);
// A controller runs for months, and its memory depends on how Node is started: before anything is loaded.
if (process.argv[2] === 'controller') restartWith(NODE_FLAGS);
// Only now: on an older Node the imports behind it fail with a page of internals.
const { enableCompileCache } = await import('node:module');
// From the second start on this halves the time until the first word; where nothing can be written, nothing is.
enableCompileCache();
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv);
