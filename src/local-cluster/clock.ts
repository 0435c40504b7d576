/** Milliseconds since the epoch as Kubernetes writes times: RFC 3339, UTC, whole seconds. */
export function timestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
