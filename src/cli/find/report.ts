import type { ItemOperation, ItemOutcome } from '../inspect/operations.ts';
import type { RecordEntry } from '../inspect/records.ts';
import type { Report, Section } from '../output/print.ts';
import type { FoundCharge } from './charges.ts';
import type { Declaration } from './declared.ts';

/** Everything that names what is looked for. */
export interface Found {
  readonly identifier: string;
  readonly declared: readonly Declaration[];
  readonly charges: readonly FoundCharge[];
  readonly records: readonly RecordEntry[];
  /** The oldest first. */
  readonly operations: readonly ItemOperation[];
}

/** For programs as it is; for people as tables. */
export function reportOf(found: Found): Report {
  return {
    json: found,
    sections: [
      declaredBy(found.declared),
      ...recordedCharges(found.charges),
      recordedAs(found.records),
      lastOperations(found.operations),
    ],
  };
}

function declaredBy(declared: readonly Declaration[]): Section {
  return {
    title: 'Declared by',
    headings: ['resource', 'where', 'customer', 'company', 'account', 'status'],
    rows: declared.map((declaration) => {
      const { kind, namespace, name, where, customer, companyId, account } = declaration;
      return [
        `${kind}/${namespace}/${name}`,
        where,
        customer ?? '',
        companyId ?? (customer === undefined ? '' : '(not bound)'),
        account ?? '',
        statusOf(declaration),
      ];
    }),
    ifEmpty: 'no resource declares it',
  };
}

function statusOf({ state, told, wrong }: Declaration): string {
  const said = told === undefined ? wrong : `${told.code}: ${told.message}`;
  return [state, said].filter((part) => part !== undefined).join(', ');
}

function recordedCharges(charges: readonly FoundCharge[]): readonly Section[] {
  if (charges.length === 0) return [];
  return [
    {
      title: 'Charges',
      headings: [
        'charge',
        'number',
        'subscriber',
        'amount',
        'charge status',
        'acknowledged',
        'reference',
        'review',
      ],
      rows: charges.map((charge) => [
        `${charge.namespace}/${charge.name}`,
        charge.number,
        charge.customer,
        `${charge.amountMinor ?? '?'} ${charge.currency}`,
        charge.chargeStatus,
        charge.acknowledged ? 'yes' : 'no',
        charge.referenceNumber ?? '',
        charge.review ?? '',
      ]),
      ifEmpty: 'no charge has this number',
    },
  ];
}

function recordedAs(records: readonly RecordEntry[]): Section {
  return {
    title: 'Recorded as',
    headings: ['kind', 'item', 'holder', 'facts', 'record'],
    rows: records.map(({ kind, key, value, namespace, record }) => {
      const { holder = '', ...facts } = value as Readonly<Record<string, unknown>>;
      return [kind, key, textOf(holder), factsOf(facts), `${namespace}/${record}`];
    }),
    ifEmpty: 'no record holds it: nothing here says that a customer of ours has it',
  };
}

function lastOperations(operations: readonly ItemOperation[]): Section {
  return {
    title: 'Last operations',
    headings: ['operation', 'verb', 'about', 'state', 'outcome', 'created', 'finished'],
    rows: operations.map((operation) => [
      `${operation.namespace}/${operation.name}`,
      operation.verb,
      factsOf(operation.partition),
      operation.state,
      outcomeOf(operation.outcome),
      operation.createdAt ?? '',
      operation.finishedAt ?? '',
    ]),
    ifEmpty: 'no operation that is still kept was about it',
  };
}

function outcomeOf(outcome: ItemOutcome): string {
  return outcome.is === 'failed' ? `${outcome.code}: ${outcome.message}` : outcome.is;
}

function factsOf(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${textOf(value)}`)
    .join(' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
