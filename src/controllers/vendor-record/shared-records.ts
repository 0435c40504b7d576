import type { Result } from '../../ports/failure.ts';
import type { Records } from '../../ports/records.ts';
import type { RecordPlace } from './records.ts';

export interface SharedRecordsDeps {
  /** Which VendorAccount the records of a scope name, as `namespace/name`. */
  readonly recordedOwner: (scopeHash: string, signal: AbortSignal) => Promise<Result<string | undefined>>;
  readonly openRecords: (place: RecordPlace) => Records;
}

/** Records that are found wherever they stand, and then kept there. */
export interface SharedRecords extends Records {
  /** Where they stand, as far as it is known. */
  namespace(): string;
}

/**
 * Records of something that may outlast an account, or serve several of them in whatever namespaces. They stand with
 * the account that wrote them first, and with `accountKey` when there are none.
 */
export function sharedRecords(
  { recordedOwner, openRecords }: SharedRecordsDeps,
  accountKey: string,
  about: Pick<RecordPlace, 'scope' | 'scopeHash'>,
): SharedRecords {
  let owner = accountKey;
  let records = open();

  function open(): Records {
    const [namespace = '', accountName = ''] = owner.split('/');
    return openRecords({ namespace, accountName, ...about });
  }

  return {
    namespace: () => owner.split('/')[0] ?? '',
    async load(signal) {
      const found = await recordedOwner(about.scopeHash, signal);
      if (!found.ok) return found;
      const standing = found.value ?? accountKey;
      if (standing !== owner) {
        owner = standing;
        records = open();
      }
      return records.load(signal);
    },
    keep: (kind, changes, signal) => records.keep(kind, changes, signal),
  };
}
