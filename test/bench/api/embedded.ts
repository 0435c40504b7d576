import { startLocalCluster } from '../../../src/local-cluster/server.ts';
import type { ServerReady } from './load.ts';

// The embedded API as a process of its own, so that its memory is its own.
const cluster = await startLocalCluster({ port: 0 });
const ready: ServerReady = { url: cluster.url, pid: process.pid };
process.send?.(ready);
process.once('disconnect', () => process.exit());
