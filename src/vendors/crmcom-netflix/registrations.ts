import type { ItemFailure, Verb } from '../../domain/item.ts';
import type { DesiredRegistration, Esn, OperatorGroup } from '../../domain/registration/facts.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { ItemOutcome, VerbTraits, WriteItem, Writer } from '../../ports/writer.ts';
import type { NetflixClient } from './client.ts';
import { invalidReply } from './failure.ts';
import { MAX_DEVICES_PER_CALL } from './limits.ts';
import type { DevicesData, WireGroup } from './wire.ts';

type DeviceItem = WriteItem<Esn, DesiredRegistration>;

/** Registered devices as the engine sees them: nothing lists or tests them, so there is only a writer. */
export function registrationPorts(
  client: NetflixClient,
  itemsPerRequest: number,
): KindPorts<Esn, DesiredRegistration, Esn> {
  return { check: () => undefined, writer: registrationWriter(client, itemsPerRequest) };
}

/**
 * Registering and unregistering change nothing when they are repeated, and nothing could be read in between (fact
 * sheet 8.3), so a lost reply is simply asked again. A repeat may name a device as failed that the lost request took.
 */
function registrationWriter(
  client: NetflixClient,
  itemsPerRequest: number,
): Writer<Esn, DesiredRegistration> {
  const traits = (effect: VerbTraits['effect']): VerbTraits => ({
    repeat: 'safe',
    effect,
    maxItemsPerCall: Math.min(MAX_DEVICES_PER_CALL, itemsPerRequest),
    visibilityMs: 0,
  });
  return {
    verbs: { registerEsn: traits('additive'), unregisterEsn: traits('destructive') },
    partition: (_verb, { desired }) => partitionOf(desired.group),
    async send({ verb, items }, signal) {
      const [first] = items;
      const group = first && toGroup(first.desired.group);
      if (group === undefined) return failed(NO_GROUP);
      const request = {
        group_identifier: group,
        devices: items.map(({ subject }) => ({ esn: subject.esn })),
      };
      const reply =
        verb === 'registerEsn'
          ? await client.registerDevices(request, signal)
          : await client.unregisterDevices(request, signal);
      if (!reply.ok) return reply;
      const outcomes = outcomesOf(verb, items, reply.value);
      return outcomes.ok ? ok({ is: 'answered', outcomes: outcomes.value }) : outcomes;
    },
  };
}

/** A failed device comes without any reason; one that was never asked about makes the whole reply nobody's. */
function outcomesOf(
  verb: Verb,
  items: readonly DeviceItem[],
  data: DevicesData | null,
): Result<readonly ItemOutcome[]> {
  const failedEsns = new Set((data?.failed_devices_set ?? []).map(({ esn }) => esn));
  const asked = new Set(items.map(({ subject }) => subject.esn));
  if ([...failedEsns].some((esn) => !asked.has(esn))) return failed(invalidReply('write'));
  const failure = verb === 'registerEsn' ? NOT_REGISTERED : NOT_UNREGISTERED;
  return ok(items.map(({ key, subject }) => (failedEsns.has(subject.esn) ? { key, failure } : { key })));
}

const NOT_REGISTERED: ItemFailure = {
  code: 'UNCONFIRMED',
  message:
    'the vendor names it as failed and gives no reason: it may be registered already, to this operator or another, or be no valid ESN; ask the operator',
  kind: 'invalid',
};

const NOT_UNREGISTERED: ItemFailure = {
  code: 'UNCONFIRMED',
  message:
    'the vendor names it as failed and gives no reason: it may not be registered any more, or not to this operator; ask the operator',
  kind: 'heldByOther',
};

function partitionOf(group: OperatorGroup): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries<string>(toGroup(group) ?? {}).map(([name, value]) => [`group.${name}`, value]),
  );
}

/** Exactly one key; the schema lets no other group through. */
function toGroup({ id, name, alternativeCode }: OperatorGroup): WireGroup | undefined {
  if (id !== undefined) return { id };
  if (name !== undefined) return { name };
  return alternativeCode === undefined ? undefined : { alternative_code: alternativeCode };
}

const NO_GROUP = {
  kind: 'rejected',
  code: 'NOT_IMPLEMENTED',
  message: 'devices are registered to a group, which is id, name or alternativeCode',
} as const;
