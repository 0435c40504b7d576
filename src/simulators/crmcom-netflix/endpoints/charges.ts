import { faultOf } from '../../fault-box.ts';
import type { JsonObject } from '../../json.ts';
import { type Call, type Endpoint, noteEffect } from '../call.ts';
import type { ChargeFilter } from '../charge-book.ts';
import { CHARGE_FIELDS, type Charge, shownCharge } from '../charges.ts';
import { condemned, failedSet } from '../failed-set.ts';
import { fieldsSetIn } from '../fields-set.ts';
import { MAX_CHARGES_PER_ACKNOWLEDGE, MAX_CHARGES_PER_PAGE } from '../limits.ts';
import {
  mandatoryDigits,
  mandatoryObjects,
  mandatoryText,
  optionalChoice,
  optionalText,
  refuseUnknownNames,
} from '../parameters.ts';
import { invalidParameter, limitExceeded } from '../vendor-error.ts';

const FILTERS: readonly ChargeFilter[] = ['NOT_PROCESSED', 'PROCESSED'];

/** charges/list and charges/acknowledge (fact sheet 4.5, 4.6). */
export const chargeEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: 'netflix/charges/list',
    endpoint: 'charges.list',
    role: 'list',
    parameters: ['number_of_results', 'charge_status', 'offset', 'fields_set'],
    handle: listCharges,
  },
  {
    method: 'POST',
    path: 'netflix/charges/acknowledge',
    endpoint: 'charges.acknowledge',
    role: 'writeBatch',
    parameters: ['acknowledged_charges_set'],
    handle: acknowledge,
  },
];

/** One page in order of the charges' numbers, counted over what is unacknowledged at this moment. */
function listCharges({ sim, input, operatorId, reads, faults }: Call): JsonObject {
  const count = pageSizeIn(input);
  const filter = filterIn(input);
  const overlap = faultOf(faults, 'overlappingPages')?.items ?? 0;
  const start = Math.max(0, mandatoryDigits(input, 'offset') - overlap);
  const chosen = fieldsSetIn(input, CHARGE_FIELDS);
  const page = reads.charges.open(operatorId, filter).page(start, count);
  const lost = Math.min(faultOf(faults, 'shortRead')?.items ?? 0, page.length);
  const state = faultOf(faults, 'unknownState')?.state;
  const unheardOf = state === undefined ? {} : { charge_status: state };
  return {
    charges_set: page
      .slice(0, page.length - lost)
      .map((number) => reads.charges.get(number) as Charge)
      .map((charge) => shownCharge(charge, sim.dates, sim.settings.localCurrency))
      .map((shown) => chosen({ ...shown, ...unheardOf })),
  };
}

function pageSizeIn(input: JsonObject): number {
  const count = mandatoryDigits(input, 'number_of_results');
  if (count < 1) throw invalidParameter('Parameter number_of_results must be 1 or more.');
  if (count > MAX_CHARGES_PER_PAGE) throw limitExceeded('Parameter number_of_results can be up to 50.');
  return count;
}

function filterIn(input: JsonObject): ChargeFilter {
  mandatoryText(input, 'charge_status');
  return optionalChoice(input, 'charge_status', FILTERS) as ChargeFilter;
}

/** One charge to be acknowledged. */
interface Item {
  readonly number: string;
  readonly customer: string;
  readonly reference: string | null;
}

/** Why a charge is not acknowledged. Only code 1 is the vendor's own; the others are ASSUMED (4.6, 8.3). */
const FAILURES = {
  notTheCustomers: {
    code: '1',
    description: 'The specified charge was not issued for the specified customer',
  },
  alreadyAcknowledged: { code: '2', description: 'The specified charge has already been acknowledged' },
  notProcessed: { code: '3', description: 'The specified charge has not been processed yet' },
  referenceTaken: { code: '4', description: 'The specified reference number has already been used' },
} as const;

interface Failure {
  readonly code: string;
  readonly description: string;
}

/** Answers item by item; a request that cannot be understood, or is too large, has no effect at all (8.5). */
function acknowledge(call: Call): JsonObject {
  const objects = mandatoryObjects(call.input, 'acknowledged_charges_set');
  if (objects.length > MAX_CHARGES_PER_ACKNOWLEDGE) throw limitExceeded('Up to 50 charges at a time.');
  const items = objects.map((object) => readItem(call, object));
  const failed = items.flatMap((item) => {
    const failure = acknowledgeOne(call, item);
    return failure === undefined ? [] : [shownFailure(item, failure)];
  });
  return failedSet(call, 'failed_charges_set', failed);
}

function readItem({ sim }: Call, object: JsonObject): Item {
  const known = ['number', 'billing_system_customer_identifier', 'reference_number'];
  refuseUnknownNames(object, known, 'acknowledged_charges_set.', sim.knobs);
  return {
    number: mandatoryText(object, 'number'),
    customer: mandatoryText(object, 'billing_system_customer_identifier'),
    reference: optionalText(object, 'reference_number') ?? null,
  };
}

function acknowledgeOne(call: Call, item: Item): Failure | undefined {
  const charge = call.sim.store.charges.get(item.number);
  const failure = failureOf(call, item, charge);
  if (failure !== undefined || charge === undefined) return failure;
  const acknowledged = { atMs: call.nowMs, referenceNumber: item.reference };
  call.sim.store.charges.put({ ...charge, acknowledged });
  noteEffect(call, { change: 'acknowledge', number: item.number, referenceNumber: item.reference });
  return undefined;
}

function failureOf(call: Call, item: Item, charge: Charge | undefined): Failure | undefined {
  const { sim, operatorId } = call;
  const sentence = condemned(call);
  if (sentence !== undefined)
    return { code: sentence.as ?? '99', description: 'The charge could not be acknowledged' };
  // A number nobody has, or another operator's, was not issued for this customer either (ASSUMED).
  if (charge === undefined || charge.operatorId !== operatorId || charge.customer !== item.customer)
    return FAILURES.notTheCustomers;
  if (charge.acknowledged !== null) return FAILURES.alreadyAcknowledged;
  if (charge.status === 'PENDING' && sim.knobs.acknowledgePending === 'refuse') return FAILURES.notProcessed;
  const taken = item.reference !== null && sim.store.charges.hasReference(operatorId, item.reference);
  return taken ? FAILURES.referenceTaken : undefined;
}

function shownFailure({ number, reference }: Item, { code, description }: Failure): JsonObject {
  return { number, error_description: description, error_code: code, reference_number: reference };
}
