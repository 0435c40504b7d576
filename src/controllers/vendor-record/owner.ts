import type { KubeClient } from '../../kube/client.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { SCOPE_LABEL, VENDOR_RECORDS } from '../resources.ts';

/** Which VendorAccount the records of a scope name, as `namespace/name`; undefined when there are none. */
export async function recordedOwner(
  client: KubeClient,
  scopeHash: string,
  signal: AbortSignal,
  /** Looks only there; default everywhere. */
  namespace?: string,
): Promise<Result<string | undefined>> {
  const page = await client.list(
    VENDOR_RECORDS,
    {
      labelSelector: `${SCOPE_LABEL}=${scopeHash}`,
      limit: 1,
      ...(namespace === undefined ? {} : { namespace }),
    },
    signal,
  );
  if (!page.ok) return page;
  const [record] = page.value.items;
  return ok(record && `${record.metadata.namespace}/${record.spec.accountRef.name}`);
}
