import { checkDevices } from './devices.ts';
import { type ManifestObject, readManifests } from './documents.ts';
import { type Finding, inOrder } from './finding.ts';
import { checkNames, folderOf } from './folder.ts';
import { checkAccounts, checkReferences } from './references.ts';
import { checkSchema } from './schema.ts';

/** Everything that is wrong with the manifests, in the order of files and lines. Nothing but these files is read. */
export async function validate(
  paths: readonly string[],
  recursive: boolean,
): Promise<{ readonly objects: number; readonly findings: readonly Finding[] }> {
  const { objects, findings } = readManifests(paths, recursive);
  const good: ManifestObject[] = [];
  const wrong: Finding[] = [];
  for (const manifest of objects) {
    const checked = checkSchema(manifest);
    if ('sound' in checked) good.push(checked.sound);
    wrong.push(...checked.findings);
  }
  const sound = folderOf(good);
  const across = [
    ...checkNames(objects),
    // What does not fit its definition is still there for those that refer to it.
    ...checkReferences(sound, folderOf(objects)),
    ...checkAccounts(sound),
    ...(await checkDevices(sound)),
  ];
  return { objects: objects.length, findings: inOrder([...findings, ...wrong, ...across]) };
}
