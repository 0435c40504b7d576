import type { Call } from '../call.ts';
import { type Identifier, NAMING_KINDS } from '../identifiers.ts';
import { readSequence } from '../soap/sequence.ts';
import type { Action } from '../states.ts';
import { CODES, unreadable, VendorFault } from '../vendor-fault.ts';
import type { XmlElement } from '../xml/element.ts';
import { type CustomFieldFilter, invalidValue, readCustomFieldFilter, readDeviceList } from './reading.ts';

/** The lines a ChangeDeviceState is meant for. */
export type Selection =
  | { readonly by: 'devices'; readonly devices: readonly (readonly Identifier[])[] }
  | {
      /** Every line of the account, or of its group, that passes the filters. */
      readonly by: 'account';
      readonly accountName: string | undefined;
      readonly groupName: string | undefined;
      readonly servicePlan: string | undefined;
      readonly customField: CustomFieldFilter | undefined;
    };

/** What a ChangeDeviceState asks for. */
export interface StateOrder {
  readonly action: Action;
  /** The plan of an activation, where it names one. */
  readonly servicePlan: string | undefined;
  readonly selection: Selection;
}

/** The only reason there is: general administration and maintenance (fact sheet 7). */
const REASON_CODES: readonly string[] = ['FF'];

/** Reads the input: one variant and one way of selecting, the elements in alphabetical order (7, 1). */
export function readStateOrder({ input, contract }: Call): StateOrder {
  return readSequence(input, [contract], (sequence) => {
    const accountName = sequence.optionalText('AccountName');
    const activate = sequence.optional('Activate');
    const deactivate = sequence.optional('Deactivate');
    const customField = sequence.optional('DeviceCustomFieldFilter');
    const groupName = sequence.optionalText('DeviceGroupName');
    const list = sequence.optional('DeviceList');
    const servicePlan = sequence.optionalText('DeviceServicePlanFilter');
    const reconnect = sequence.optional('Reconnect');
    const restore = sequence.optional('Restore');
    const suspend = sequence.optional('Suspend');
    if (reconnect !== undefined) throw invalidValue('Reconnect is not simulated.');
    return {
      ...onlyVariant({ activate, deactivate, restore, suspend }, contract),
      selection: selectionOf(list, {
        accountName,
        groupName,
        servicePlan,
        customField: customField === undefined ? undefined : readCustomFieldFilter(customField),
      }),
    };
  });
}

interface Variants {
  readonly activate: XmlElement | undefined;
  readonly deactivate: XmlElement | undefined;
  readonly restore: XmlElement | undefined;
  readonly suspend: XmlElement | undefined;
}

function onlyVariant(
  { activate, deactivate, restore, suspend }: Variants,
  contract: string,
): Pick<StateOrder, 'action' | 'servicePlan'> {
  const sent = [activate, deactivate, restore, suspend].filter((variant) => variant !== undefined);
  if (sent.length !== 1) throw unreadable('Exactly one change of state is expected.');
  if (activate !== undefined) return { action: 'Activate', servicePlan: readActivate(activate, contract) };
  if (deactivate !== undefined) checkDeactivate(deactivate, contract);
  if (restore !== undefined) readSequence(restore, [contract], () => undefined);
  if (suspend !== undefined) readSequence(suspend, [contract], () => undefined);
  const action = deactivate !== undefined ? 'Deactivate' : restore !== undefined ? 'Restore' : 'Suspend';
  return { action, servicePlan: undefined };
}

/** Both elements are optional, and no others are known. ASSUMED. */
function readActivate(activate: XmlElement, contract: string): string | undefined {
  return readSequence(activate, [contract], (sequence) => {
    sequence.optionalText('MdnZipCode');
    return sequence.optionalText('ServicePlan');
  });
}

function checkDeactivate(deactivate: XmlElement, contract: string): void {
  const { etfWaiver, reasonCode } = readSequence(deactivate, [contract], (sequence) => ({
    etfWaiver: sequence.optionalText('EtfWaiver') ?? 'false',
    reasonCode: sequence.text('ReasonCode'),
  }));
  if (!/^(true|false|1|0)$/.test(etfWaiver)) throw invalidValue(`The EtfWaiver ${etfWaiver} is invalid.`);
  if (!REASON_CODES.includes(reasonCode)) throw invalidValue(`The ReasonCode ${reasonCode} is invalid.`);
}

function selectionOf(
  list: XmlElement | undefined,
  filters: Omit<Extract<Selection, { by: 'account' }>, 'by'>,
): Selection {
  if (list === undefined) {
    if (filters.accountName !== undefined || filters.groupName !== undefined)
      return { by: 'account', ...filters };
    throw new VendorFault(CODES.accountNotDefined, 'Neither devices nor an account or a group are named.');
  }
  // With a device list the other ways of selecting must not be sent (7).
  if (Object.values(filters).some((filter) => filter !== undefined))
    throw invalidValue('DeviceList excludes the other filters.');
  return { by: 'devices', devices: readDeviceList(list, NAMING_KINDS) };
}
