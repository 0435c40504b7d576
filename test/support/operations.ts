import { FINISHED_DAY_LABEL, OPEN_LABEL, VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { packItems } from '../../src/controllers/vendor-operation/items.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { kubeTime } from '../../src/kube/conditions.ts';
import { dayOf } from '../../src/kube/retention.ts';
import type { Result } from '../../src/ports/failure.ts';

/** Writes an operation as if it had ended then; without a time it is still open. */
export async function writeOperation(
  client: KubeClient,
  namespace: string,
  name: string,
  finishedAtMs?: number,
): Promise<void> {
  const { signal } = new AbortController();
  const labels: Record<string, string> =
    finishedAtMs === undefined ? { [OPEN_LABEL]: 'true' } : { [FINISHED_DAY_LABEL]: dayOf(finishedAtMs) };
  const spec = {
    accountRef: { name: 'google' },
    verb: 'claim',
    requestKey: name,
    fence: 1,
    ...packItems(['imei:490154203237518']),
  };
  expectOk(await client.create(VENDOR_OPERATIONS, { metadata: { namespace, name, labels }, spec }, signal));
  if (finishedAtMs === undefined) return;
  const status = { state: 'Complete', finishedAt: kubeTime(finishedAtMs) };
  const options = { fieldManager: 'vendorplane', force: true };
  expectOk(await client.applyStatus(VENDOR_OPERATIONS, { namespace, name }, status, options, signal));
}

function expectOk(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
}
