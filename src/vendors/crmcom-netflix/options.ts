import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AddressFormat, ContactForm } from './contacts.ts';
import { isTimeZone, type ReadDate, wallTimeReader } from './dates.ts';
import { type FailureTable, parseFailures } from './failure-table.ts';

/** What the account says of its installation beside who logs in. */
export interface InstallationOptions extends ContactForm {
  readonly readDate: ReadDate;
  readonly failures: FailureTable;
}

/** Reads the options of `spec.crmComNetflix`. Fails with `rejected` and the field that is wrong. */
export function parseOptions(options: Readonly<Record<string, string>>): Result<InstallationOptions> {
  const timeZone = options['timeZone'] ?? 'UTC';
  if (!isTimeZone(timeZone)) {
    return refuse(`spec.crmComNetflix.timeZone: there is no time zone ${timeZone}`);
  }
  const failures = parseFailures(JSON.parse(options['failures'] ?? '[]') as unknown);
  if (!failures.ok) return failures;
  const addressFormat = ADDRESS_FORMATS.find((format) => format === options['addressFormat']);
  return ok({
    readDate: wallTimeReader(timeZone),
    failures: failures.value,
    withPrimary: isAtLeast(options['release'] ?? '', [16, 1]),
    ...(addressFormat === undefined ? {} : { addressFormat }),
  });
}

const ADDRESS_FORMATS: readonly AddressFormat[] = ['CrmCom', 'International'];

/** Releases read `R16.1.0`; what is not said is taken for the oldest (fact sheet 9: no call reports it). */
function isAtLeast(release: string, wanted: readonly number[]): boolean {
  const numbers = /^R(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(release)?.slice(1).map(Number) ?? [];
  for (const [index, least] of wanted.entries()) {
    const number = numbers[index];
    if (number === undefined || Number.isNaN(number)) return false;
    if (number !== least) return number > least;
  }
  return true;
}

function refuse(message: string): Result<InstallationOptions> {
  return failed({ kind: 'rejected', code: 'INVALID_OPTIONS', message });
}
