import { type ControllerProcess, startControllerProcess } from './controller-process.ts';
import type { Orders } from './controller-under-test.ts';
import { type Fleet, startFleet } from './fleet.ts';

/** A fleet of a test's own, and the controllers it starts there: all end with it, so such tests may run side by side. */
export interface ControlledFleet extends Fleet, AsyncDisposable {
  start(identity: string, orders: Orders, flags?: readonly string[]): ControllerProcess;
}

export async function startControlledFleet(): Promise<ControlledFleet> {
  const fleet = await startFleet();
  const processes: ControllerProcess[] = [];
  return {
    ...fleet,
    start(identity, orders, flags = []) {
      const all = [...flags, '--kubeconfig', fleet.kubeconfig];
      const started = startControllerProcess(identity, fleet.folder, orders, all);
      processes.push(started);
      return started;
    },
    async [Symbol.asyncDispose]() {
      for (const each of processes) each.signal('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
      await fleet.close();
    },
  };
}
