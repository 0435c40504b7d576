import type { ConnectionRow, HistoryKind, HistoryRows, ProvisioningRow, UsageRow } from '../history/rows.ts';
import { element, textElement } from '../xml/write.ts';
import { pairs, timeElement } from './parts.ts';

/** How the rows of one history are written. */
export interface RowWriter<K extends HistoryKind> {
  /** The element around the rows. */
  readonly list: string;
  readonly write: (row: HistoryRows[K]) => string;
}

/**
 * The rows of the three histories. The fact sheet (9) has their content from the REST twin; the SOAP names are
 * those in capitals, the members in alphabetical order. ASSUMED.
 */
export const ROW_WRITERS: { readonly [K in HistoryKind]: RowWriter<K> } = {
  usage: { list: 'a:UsageHistory', write: usageRow },
  connection: { list: 'a:ConnectionHistory', write: connectionRow },
  provisioning: { list: 'a:ProvisioningHistory', write: provisioningRow },
};

function usageRow({ atMs, bytesUsed, smsUsed, moSms, mtSms, source, servicePlan }: UsageRow): string {
  return element(
    'a:DeviceUsage',
    textElement('a:BytesUsed', bytesUsed) +
      pairs('a:ExtendedAttributes', 'a:ExtendedAttribute', [
        ['MoSms', String(moSms)],
        ['MtSms', String(mtSms)],
      ]) +
      textElement('a:ServicePlan', servicePlan) +
      textElement('a:SmsUsed', String(smsUsed)) +
      textElement('a:Source', source) +
      timeElement('a:Timestamp', atMs),
  );
}

function connectionRow({ atMs, event, bytesUsed, msisdn }: ConnectionRow): string {
  return element(
    'a:DeviceConnectionEvent',
    pairs('a:ConnectionEventAttributes', 'a:ConnectionEventAttribute', [
      ['BytesUsed', bytesUsed],
      ['Event', event],
      ['Msisdn', msisdn],
    ]) + timeElement('a:OccurredAt', atMs),
  );
}

function provisioningRow({ atMs, eventBy, eventType, mdn, servicePlan, status }: ProvisioningRow): string {
  return element(
    'a:DeviceProvisioningEvent',
    textElement('a:EventBy', eventBy) +
      textElement('a:EventType', eventType) +
      textElement('a:Mdn', mdn) +
      timeElement('a:OccurredAt', atMs) +
      textElement('a:ServicePlan', servicePlan) +
      textElement('a:Status', status),
  );
}
