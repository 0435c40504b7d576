import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from '../../support/program.ts';

/** What a controller process cost so far. */
export interface Cost {
  /** The most memory it ever had resident, in MiB: VmHWM of the process. */
  readonly peakMib: number;
  /** The longest time its event loop did not turn since it was last asked, in milliseconds. */
  readonly longestStallMs: number;
  /** Items that were planned, over all kinds. */
  readonly plannedItems: number;
  readonly cpuSeconds: number;
  /** Requests to the Kubernetes API that change something. */
  readonly apiWrites: number;
}

/** The controller as production starts it, and what it costs. */
export interface WatchedController {
  cost(): Promise<Cost>;
  /** The last lines of its log. */
  lastWords(): string;
  stop(): Promise<void>;
}

export async function startWatchedController(folder: string, kubeconfig: string): Promise<WatchedController> {
  const logFile = join(folder, 'controller.log');
  const args = ['controller', '--kubeconfig', kubeconfig, '--log-file', logFile];
  const program = startProgram([...args, '--metrics-address', '127.0.0.1:0'], folder);
  const port = await metricsPort(logFile);
  return {
    cost: async () => {
      const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return {
        peakMib: peakMib(program.pid),
        longestStallMs: sumOf(page, 'nodejs_eventloop_lag_max_seconds') * 1_000,
        plannedItems: sumOf(page, 'vendorplane_items_planned_total'),
        cpuSeconds: sumOf(page, 'process_cpu_seconds_total'),
        apiWrites: ['POST', 'PUT', 'PATCH', 'DELETE']
          .map((method) => sumOf(page, 'rest_client_requests_total', `method="${method}"`))
          .reduce((sum, writes) => sum + writes, 0),
      };
    },
    lastWords: () => readFileSync(logFile, 'utf8').split('\n').slice(-10).join('\n') + program.stderr(),
    stop: async () => {
      program.kill('SIGTERM');
      await program.ended;
    },
  };
}

/** It chose a free port, and says in its log which. */
async function metricsPort(logFile: string): Promise<number> {
  for (;;) {
    const log = await readLog(logFile);
    const found = /"face":"metrics"[^\n]*"port":(\d+)/.exec(log)?.[1];
    if (found !== undefined) return Number(found);
    await sleep(20);
  }
}

async function readLog(file: string): Promise<string> {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function peakMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** The sum over all series of a metric, or over those with this label. */
function sumOf(page: string, metric: string, label = ''): number {
  const values = [...page.matchAll(new RegExp(`^${metric}(\\{[^\\n]*\\})? (\\S+)$`, 'gm'))];
  return values
    .filter(([, labels = '']) => labels.includes(label))
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}
