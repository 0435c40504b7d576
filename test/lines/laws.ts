import { createDisk } from '../../src/archive/disk.ts';
import { verifyArchive } from '../../src/archive/reading.ts';

/** One line that is truly gone. */
export interface Deletion {
  readonly at: string;
  readonly identifiers: Readonly<Record<string, string>>;
}

/** What the vendor tells, and where the archive is. */
export interface LineEvidence {
  readonly archiveDir: string;
  readonly deletions: readonly Deletion[];
  /** Every login. */
  readonly users: readonly { readonly locked: boolean }[];
}

/**
 * What must be true of every history of a vendor and its archive, whatever went wrong in it; answers what is not: no line
 * is deleted twice, none without an archive that verifies and was whole before, and no login is locked.
 */
export async function brokenLineLaws({
  archiveDir,
  deletions,
  users,
}: LineEvidence): Promise<readonly string[]> {
  const checked = await verifyArchive(createDisk(), archiveDir);
  if (!checked.ok) return [`the archive cannot be verified: ${checked.failure.message}`];
  const whole = checked.value.flatMap(({ manifest, fault }) =>
    manifest?.history === undefined || fault !== undefined
      ? []
      : [{ ...manifest, history: manifest.history }],
  );
  const gone = deletions.map(({ identifiers }) => identifiers['iccid'] ?? '');
  const unarchived = deletions.filter(
    ({ at, identifiers }) =>
      !whole.some(({ names, history }) => names.iccid === identifiers['iccid'] && history.completedAt <= at),
  );
  return [
    ...gone
      .filter((iccid, index) => gone.indexOf(iccid) < index)
      .map((iccid) => `${iccid} was deleted twice`),
    ...unarchived.map(
      ({ at, identifiers }) =>
        `${identifiers['iccid']} was deleted at ${at} without an archive that verifies`,
    ),
    ...(users.some(({ locked }) => locked) ? ['the vendor locked the user'] : []),
  ];
}
