/** An entry or an item that needs a person, as it stands in `status.failures`. */
export interface NamedFailure {
  /** How the item is named to people; for a row that is no entry, where it stands: `order/devices.csv:7`. */
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

/** At most so many stand in status, the rest is counted (crds/, maxItems of status.failures). */
export const MAX_FAILURES = 50;

/** Notes what is said of an item, while there is room for it in status. */
export function note(
  list: NamedFailure[],
  device: string,
  { code = 'UNKNOWN', message = 'the vendor gave no reason' }: Partial<Omit<NamedFailure, 'device'>>,
): void {
  if (list.length < MAX_FAILURES) list.push({ device, code, message });
}

/** A failure in the message of a condition. */
export function inWords({ device, code, message }: NamedFailure): string {
  return `${device}: ${code}: ${message}`;
}
