import { gzipSync } from 'node:zlib';
import { NETFLIX_DEVICE_REGISTRATIONS } from '../../../src/controllers/resources.ts';
import { CONFIG_MAPS } from '../../../src/kube/resource.ts';
import { atMost, type Figure, toldOnly } from '../bench.ts';
import { ACCOUNT, isReady, NAMESPACE, type Operator, withOperator } from './operator.ts';

/** Registrations of 10,000 devices each, from a gzip list each. */
const REGISTRATIONS = 10;
const DEVICES = 10_000;
/** 4.8: devices of one call. */
const PER_CALL = 1_000;
const LIMITS = { requestsPerSecond: 50, requestsPerDay: 1_000_000, concurrentRequests: 4 };
const PEAK_MIB = 400;
const STALL_MS = 200;

/** Devices are registered, those of all resources together, a thousand a call. */
export function registerDevices(): Promise<readonly Figure[]> {
  return withOperator(LIMITS, {}, async (operator) => {
    for (let number = 0; number < REGISTRATIONS; number += 1) await applyRegistration(operator, number);
    await operator.startController();
    const registered = await operator.until('registered', () => areRegistered(operator));
    const { cost } = registered;
    const requests = await operator.requests();
    const devices = REGISTRATIONS * DEVICES;
    const atVendor = (await operator.ask('GET', '/esns')) as readonly unknown[];
    if (atVendor.length !== devices) throw new Error(`${atVendor.length} devices are registered`);
    return [
      toldOnly('devices to be registered', devices),
      toldOnly('resources that name them', REGISTRATIONS),
      toldOnly('requests a second that the account allows', LIMITS.requestsPerSecond),
      toldOnly('until all resources are Ready', registered.seconds, 's'),
      toldOnly('CPU time until then', cost.cpuSeconds, 's'),
      atMost('calls of register', requests['devices.register'] ?? 0, devices / PER_CALL),
      atMost('calls of unregister', requests['devices.unregister'] ?? 0, 0),
      toldOnly('API server writes', cost.apiWrites),
      atMost('items planned for each device', cost.plannedItems / devices, 5),
      atMost('peak memory of the controller', cost.peakMib, PEAK_MIB, 'MiB'),
      atMost('longest stall', registered.longestStallMs, STALL_MS, 'ms'),
    ];
  });
}

async function applyRegistration(operator: Operator, number: number): Promise<void> {
  const name = `boxes-${number}`;
  const esns = Array.from({ length: DEVICES }, (_, index) => `NFANDROID1-${esn(number * DEVICES + index)}`);
  await operator.apply(CONFIG_MAPS, {
    metadata: { namespace: NAMESPACE, name },
    binaryData: { 'devices.csv.gz': gzipSync(['esn', ...esns].join('\n')).toString('base64') },
  });
  await operator.apply(NETFLIX_DEVICE_REGISTRATIONS, {
    metadata: { namespace: NAMESPACE, name },
    spec: {
      accountRef: { name: ACCOUNT },
      group: { name: 'Demo Operator' },
      devicesFrom: [{ configMapKeyRef: { name, key: 'devices.csv.gz' } }],
    },
  });
}

/** As long and as little alike as real ones. */
function esn(number: number): string {
  return (number * 2_654_435_761).toString(36).toUpperCase().padStart(24, '0');
}

async function areRegistered(operator: Operator): Promise<boolean> {
  for (let number = 0; number < REGISTRATIONS; number += 1) {
    if (!isReady(await operator.get(NETFLIX_DEVICE_REGISTRATIONS, `boxes-${number}`))) return false;
  }
  return true;
}
