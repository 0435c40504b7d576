import type { ChargeNumber, ChargeRow, ChargeSet, DesiredCharge } from '../../domain/charge/facts.ts';
import type { ItemFailure } from '../../domain/item.ts';
import { redactText } from '../../http/redact.ts';
import { failed, ok } from '../../ports/failure.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { Writer } from '../../ports/writer.ts';
import { toAcknowledge, toChargeRow } from './charge-mapping.ts';
import type { NetflixClient } from './client.ts';
import type { ReadDate } from './dates.ts';
import { CHARGE_VISIBILITY_MS, MAX_CHARGES_PER_CALL, PAGE_CHARGES } from './limits.ts';
import type { AcknowledgedData } from './wire.ts';

/** How often charges were acknowledged: an offset is only good as long as no row left the list before it. */
interface Acknowledgements {
  count: number;
}

/** Charges as the engine sees them: two lists without an end mark, and an acknowledgement that empties them. */
export function chargePorts(
  client: NetflixClient,
  readDate: ReadDate,
  itemsPerRequest: number,
): KindPorts<ChargeNumber, DesiredCharge, ChargeRow> {
  const acknowledgements: Acknowledgements = { count: 0 };
  return {
    check: () => undefined,
    sets: chargeLists(client, readDate, acknowledgements),
    writer: chargeWriter(client, itemsPerRequest, acknowledgements),
  };
}

/**
 * Pages by offset while rows are acknowledged would skip rows (fact sheet 8.4). So a read that an acknowledgement
 * came between begins anew at the first row: what it shows twice counts once, and nothing that stays listed is
 * missed. It ends with an empty page, since a short one proves nothing.
 */
function chargeLists(
  client: NetflixClient,
  readDate: ReadDate,
  acknowledgements: Acknowledgements,
): SetReader<ChargeRow> {
  return {
    pageSize: PAGE_CHARGES,
    async readPage(set, cursor, signal) {
      const charge_status: ChargeSet = set === 'NOT_PROCESSED' ? 'NOT_PROCESSED' : 'PROCESSED';
      const at = acknowledgements.count;
      const offset = offsetOf(cursor, at);
      const page = await client.listCharges({ charge_status, offset }, signal);
      if (!page.ok) return page;
      const rows = (page.value.charges_set ?? []).map((wire) => toChargeRow(charge_status, wire, readDate));
      if (acknowledgements.count !== at) return ok({ rows, next: cursorOf(acknowledgements.count, 0) });
      return ok({ rows, ...(rows.length === 0 ? {} : { next: cursorOf(at, offset + rows.length) }) });
    },
  };
}

function cursorOf(acknowledged: number, offset: number): string {
  return `${acknowledged}:${offset}`;
}

function offsetOf(cursor: string | undefined, acknowledged: number): number {
  const [then, offset] = (cursor ?? '').split(':').map(Number);
  return then === acknowledged ? (offset ?? 0) : 0;
}

/** An acknowledged charge never comes back, and a repeated acknowledgement fails (fact sheet 8.3): read first. */
function chargeWriter(
  client: NetflixClient,
  itemsPerRequest: number,
  acknowledgements: Acknowledgements,
): Writer<ChargeNumber, DesiredCharge> {
  return {
    verbs: {
      acknowledgeCharge: {
        repeat: 'afterProof',
        effect: 'additive',
        maxItemsPerCall: Math.min(MAX_CHARGES_PER_CALL, itemsPerRequest),
        visibilityMs: CHARGE_VISIBILITY_MS,
      },
    },
    partition: () => ({}),
    async send({ items }, signal) {
      const charges = items.flatMap(({ subject, desired }) =>
        desired.receipt === undefined ? [] : [{ number: subject.number, receipt: desired.receipt }],
      );
      if (charges.length !== items.length) return failed(NO_RECEIPT);
      acknowledgements.count += 1;
      const sent = await client.acknowledge(toAcknowledge(charges), signal);
      acknowledgements.count += 1;
      if (!sent.ok) return sent;
      const failures = failuresOf(sent.value);
      return ok({
        is: 'answered',
        outcomes: items.map(({ key, subject }) => {
          const failure = failures.get(subject.number);
          return failure === undefined ? { key } : { key, failure };
        }),
      });
    },
  };
}

/** Code 1 is the only one the vendor explains: the charge is another customer's (fact sheet 4.6). */
function failuresOf(data: AcknowledgedData | null): ReadonlyMap<string, ItemFailure> {
  return new Map(
    (data?.failed_charges_set ?? []).map(({ number, error_code, error_description }) => {
      const words = redactText(`${error_code ?? ''} ${error_description ?? ''}`);
      const message = `CRM.COM does not take the acknowledgement, so a person must look; CRM.COM says: ${words}`;
      return [number, { code: 'ACKNOWLEDGE_REFUSED', message, kind: 'invalid' }];
    }),
  );
}

const NO_RECEIPT = {
  kind: 'rejected',
  code: 'NOT_RECORDED',
  message: 'a charge is acknowledged with the receipt of its record, or not at all',
} as const;
