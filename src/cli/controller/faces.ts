import type { Health } from '../../observability/health.ts';
import { type Face, type ListenAddress, serveFace } from '../../observability/http-face.ts';
import type { Log } from '../../observability/log.ts';
import { metricsPage, type Registry } from '../../observability/metrics/registry.ts';
import { Sentence } from '../exit.ts';

interface Addresses {
  readonly metricsAddress?: ListenAddress;
  readonly healthAddress?: ListenAddress;
}

/** Opens what was asked for. Ends the program with one sentence when an address cannot be had. */
export async function openFaces(
  { metricsAddress, healthAddress }: Addresses,
  registry: Registry,
  health: Health,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const faces: Face[] = [];

  async function open(name: string, address: ListenAddress, pages: Parameters<typeof serveFace>[1]) {
    try {
      const face = await serveFace(address, pages);
      faces.push(face);
      log.info({ face: name, host: address.host ?? '', port: face.port }, 'listening');
    } catch (error) {
      throw new Sentence(`cannot listen for ${name}: ${(error as Error).message}`);
    }
  }

  if (metricsAddress !== undefined) {
    await open('metrics', metricsAddress, { '/metrics': () => metricsPage(registry) });
  }
  if (healthAddress !== undefined) {
    const pages = { '/healthz': () => health.healthz(), '/readyz': () => health.readyz() };
    await open('health', healthAddress, pages);
  }
  return {
    close: async () => {
      await Promise.all(faces.map((face) => face.close()));
    },
  };
}
