import { API_VERSION } from '../../api/group.ts';
import { scopeOf } from '../../controllers/vendor-account/scope.ts';
import type { ManifestObject } from './documents.ts';
import { about, type Finding, nameOf } from './finding.ts';
import type { Folder, Of } from './folder.ts';

/** References of ours that stay inside a namespace, and the kind they name. */
const REFERENCES = [
  { field: 'accountRef', kind: 'VendorAccount' },
  { field: 'customerRef', kind: 'Customer' },
] as const;

/** Resources that refer to one that is not there. Secrets are none of a manifest's business, so they are not looked for. */
export function checkReferences(sound: Folder, present: Folder): readonly Finding[] {
  const ours = sound.objects.filter(({ object }) => object.apiVersion === API_VERSION);
  return ours.flatMap((manifest) =>
    REFERENCES.flatMap(({ field, kind }) => {
      const spec = (manifest.object.spec ?? {}) as Readonly<
        Record<string, { readonly name?: string } | undefined>
      >;
      const name = spec[field]?.name;
      if (name === undefined || present.find(kind, manifest.object, name) !== undefined) return [];
      const where = manifest.object.metadata.namespace ?? 'without a namespace';
      const message = `spec.${field}.name: there is no ${kind} ${name} (${where}) among these manifests`;
      return [about(manifest, `spec.${field}.name`, message)];
    }),
  );
}

/** Accounts that stand for the same login at the same vendor: only one of them works. */
export function checkAccounts(folder: Folder): readonly Finding[] {
  const first = new Map<string, ManifestObject>();
  return folder.all('VendorAccount').flatMap((account) => {
    const scope = scopeOf(account.object.spec) ?? nameOf(account.object);
    const before = first.get(scope);
    if (before === undefined) {
      first.set(scope, account);
      return [];
    }
    const message = `stands for the same login as ${nameOf(before.object)}; only one of them works, the other is Stalled (DuplicateAccount)`;
    return [about(account, 'spec.vendor', message)];
  });
}

/** The account behind a claim, as far as the manifests tell. */
export function accountOf(folder: Folder, claim: Of<'DeviceClaim'>): Of<'VendorAccount'> | undefined {
  const customer = folder.find('Customer', claim.object, claim.object.spec.customerRef.name);
  return customer && folder.find('VendorAccount', customer.object, customer.object.spec.accountRef.name);
}
