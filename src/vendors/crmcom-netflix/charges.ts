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
import { invalidReply } from './failure.ts';
import { classOf, type FailureTable } from './failure-table.ts';
import { CHARGE_VISIBILITY_MS, MAX_CHARGES_PER_CALL, PAGE_CHARGES } from './limits.ts';
import type { AcknowledgedData } from './wire.ts';

/** Charges that were sent to be acknowledged, and those whose request is over: each may have left the list. */
interface Acknowledgements {
  begun: number;
  over: number;
  /** Pages that have to be looked at again: no two of their cursors are alike. */
  lookedAgain: number;
}

/** Charges as the engine sees them: two lists without an end mark, and an acknowledgement that empties them. */
export function chargePorts(
  client: NetflixClient,
  readDate: ReadDate,
  itemsPerRequest: number,
  table: FailureTable,
): KindPorts<ChargeNumber, DesiredCharge, ChargeRow> {
  const acknowledgements: Acknowledgements = { begun: 0, over: 0, lookedAgain: 0 };
  return {
    check: () => undefined,
    sets: chargeLists(client, readDate, acknowledgements),
    writer: chargeWriter(client, itemsPerRequest, table, acknowledgements),
  };
}

/**
 * Pages by offset while rows are acknowledged would skip rows (fact sheet 8.4): each row that leaves moves those behind
 * it one place up. So an offset steps back by as many rows as may have left since it was reckoned; what it shows twice
 * counts once. A page that an acknowledgement was under way with shows the list from before it or from after it, nobody
 * knows: it is looked at again, unless it was the first. A list ends with an empty page, since a short one proves
 * nothing. A look at what is decided goes on with what is not: a charge that the vendor takes back moves there, and would
 * be missed by a look that ends before.
 */
function chargeLists(
  client: NetflixClient,
  readDate: ReadDate,
  acknowledgements: Acknowledgements,
): SetReader<ChargeRow> {
  return {
    pageSize: PAGE_CHARGES,
    async readPage(set, cursor, signal) {
      const goesOn = cursor?.startsWith(UNDECIDED) === true;
      const charge_status: ChargeSet = set === 'NOT_PROCESSED' || goesOn ? 'NOT_PROCESSED' : 'PROCESSED';
      const list = goesOn ? UNDECIDED : '';
      const over = acknowledgements.over;
      const offset = offsetOf(cursor?.slice(list.length), over);
      const page = await client.listCharges({ charge_status, offset }, signal);
      if (!page.ok) return page;
      const rows = (page.value.charges_set ?? []).map((wire) => toChargeRow(charge_status, wire, readDate));
      const isCertain = acknowledgements.begun === over || offset === 0;
      if (rows.length === 0 && isCertain) {
        return charge_status === 'PROCESSED' ? ok({ rows, next: `${UNDECIDED}${over}:0` }) : ok({ rows });
      }
      if (isCertain) return ok({ rows, next: `${list}${over}:${offset + rows.length}` });
      acknowledgements.lookedAgain += 1;
      return ok({ rows, next: `${list}${over}:${offset}:${acknowledgements.lookedAgain}` });
    },
  };
}

/** Begins the cursors of those pages of a look at PROCESSED that are about NOT_PROCESSED. */
const UNDECIDED = 'undecided:';

/** Where the row at which a page ended stands by now, at the most. A cursor is `over:offset` of when it was made. */
function offsetOf(cursor: string | undefined, over: number): number {
  const [then = 0, offset = 0] = (cursor ?? '').split(':').map(Number);
  return Math.max(0, offset - (over - then));
}

/**
 * A repeated acknowledgement changes nothing and is refused (fact sheet 8.3), so a lost reply is asked for again; after a
 * look, since what is listed by now may be another charge than was recorded.
 */
function chargeWriter(
  client: NetflixClient,
  itemsPerRequest: number,
  table: FailureTable,
  acknowledgements: Acknowledgements,
): Writer<ChargeNumber, DesiredCharge> {
  return {
    verbs: {
      acknowledgeCharge: {
        repeat: 'safe',
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
      acknowledgements.begun += charges.length;
      const sent = await client.acknowledge(toAcknowledge(charges), signal).finally(() => {
        acknowledgements.over += charges.length;
      });
      if (!sent.ok) return sent;
      const asked = new Set(charges.map(({ number }) => number));
      // A number that nobody asked about is one of ours by another name: which of them failed is not known.
      const isOurs = (sent.value?.failed_charges_set ?? []).every(({ number }) => asked.has(number));
      if (!isOurs) return failed(invalidReply('write'));
      const sentBefore = new Set(
        items.flatMap(({ subject, desired }) => (desired.replyLost === true ? [subject.number] : [])),
      );
      const failures = failuresOf(sent.value, table, sentBefore);
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

/**
 * Code 1 is the only one the vendor explains: the charge is another customer's (fact sheet 4.6). Which code a repeated
 * acknowledgement has is not known. `sentBefore`: numbers of which an earlier reply was lost.
 */
function failuresOf(
  data: AcknowledgedData | null,
  table: FailureTable,
  sentBefore: ReadonlySet<string>,
): ReadonlyMap<string, ItemFailure> {
  const failed = data?.failed_charges_set ?? [];
  const refused = failed.filter((one) => !isAcknowledged(one, table, sentBefore.has(one.number)));
  return new Map(
    refused.map(({ number, error_code, error_description }) => {
      const words = redactText(`${error_code ?? ''} ${error_description ?? ''}`);
      const message = `CRM.COM does not take the acknowledgement, so a person must look; CRM.COM says: ${words}`;
      return [number, { code: 'ACKNOWLEDGE_REFUSED', message, kind: 'invalid' }];
    }),
  );
}

type FailedCharge = NonNullable<AcknowledgedData['failed_charges_set']>[number];

/**
 * Whether what came back as failed is acknowledged at the vendor: the account's own table says that this is what the
 * answer means, or we sent it before and the answer is what we think it is. Anything else is for a person.
 */
function isAcknowledged(
  { error_code, error_description }: FailedCharge,
  table: FailureTable,
  wasSent: boolean,
): boolean {
  const [code, words] = [error_code ?? '', error_description ?? ''];
  if (code === OTHER_CUSTOMERS) return false;
  const isKnown = classOf(table, code, words) === 'AlreadyAcknowledged';
  return isKnown || (wasSent && ALREADY_ACKNOWLEDGED.test(words));
}

/** Fact sheet 4.6. */
const OTHER_CUSTOMERS = '1';

/** All the words of it, and no others. They are the simulator's: nobody has seen the vendor's. ASSUMED. */
const ALREADY_ACKNOWLEDGED = /^(the )?(specified )?charge (has |is |was )?already (been )?acknowledged\.?$/i;

const NO_RECEIPT = {
  kind: 'rejected',
  code: 'NOT_RECORDED',
  message: 'a charge is acknowledged with the receipt of its record, or not at all',
} as const;
