/** Services a listener can be registered for through SOAP (fact sheet 8). */
export const CALLBACK_SERVICES: readonly string[] = [
  'CarrierService',
  'DeviceService',
  'DeviceUsage',
  'DeviceSuspensionStatus',
  'DevicePRLInformation',
  'EnhancedConnectivityService',
  'ExternalProvisioningChanges',
  'AlertService',
];

/** First and last of each range of allowed ports (8). */
const PORT_RANGES = [
  [80, 80],
  [443, 443],
  [9001, 9006],
  [28200, 28220],
  [50551, 50559],
] as const;

/** A simulator speaks to its own machine only, whatever it is asked to call. */
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Why nothing is sent to that address, or undefined when it is good. */
export function addressProblem(text: string, ports: 'vendor' | 'any'): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'The Url is not an http address.';
  if (!LOOPBACK_HOSTS.has(url.hostname)) return 'A simulator calls back to this machine only.';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const isAllowed = ports === 'any' || PORT_RANGES.some(([first, last]) => first <= port && port <= last);
  return isAllowed ? undefined : `The port ${port} is not allowed.`;
}
