import { capitalised, type Identifier, spelt } from '../identifiers.ts';
import type { Settings } from '../options.ts';
import { COMMON } from '../soap/names.ts';
import { element, textElement } from '../xml/write.ts';

/** What became of one device of a DeleteDevices. */
export interface DeleteResult {
  /** The first the caller named it with. */
  readonly identifier: Identifier;
  /** Why it failed; undefined when it was deleted. */
  readonly message: string | undefined;
}

/** The reply of DeleteDevices, element for element as the vendor's sample (fact sheet 5). */
export function deleteResults(results: readonly DeleteResult[], { kindCase }: Settings): string {
  const devices = results.map(({ identifier: { kind, value }, message }) => {
    const names =
      textElement('b:Kind', spelt(capitalised(kind), kindCase)) + textElement('b:Identifier', value);
    const parts = [
      element('a:DeviceIdentifier', names, { 'xmlns:b': COMMON }),
      textElement('a:Status', message === undefined ? 'Success' : 'Failed'),
      textElement('a:Message', message),
    ];
    return element('a:DeleteDevice', parts.join(''));
  });
  return element('a:Devices', devices.join(''));
}
