import { LANE_NAMES, type LaneName } from '../../domain/lanes.ts';
import { type Around, decorate } from '../../observability/decorate.ts';
import type { Quota } from '../../ports/quota.ts';
import type { KindPorts, LanePorts, VendorAdapter } from '../../ports/vendor.ts';
import type { Writer } from '../../ports/writer.ts';

/**
 * An adapter whose every capability is decorated under its own name, for example `devices.writer`. What is pure is not:
 * it is called for each item, and there is nothing to see.
 */
export function decorateAdapter(adapter: VendorAdapter, around: Around): VendorAdapter {
  const { lineHistories, probe, quota } = adapter;
  const { close } = decorate('adapter', { close: () => adapter.close() }, around);
  return {
    ...decorateLanes(adapter, around),
    quota: decorateQuota(quota, around),
    close,
    ...(probe === undefined ? {} : { probe: decorate('probe', probe, around) }),
    ...(lineHistories === undefined
      ? {}
      : { lineHistories: decorate('lineHistories', lineHistories, around) }),
  };
}

function decorateLanes(adapter: LanePorts, around: Around): LanePorts {
  const decorateLane = (name: LaneName): LanePorts => {
    const ports = adapter[name] as KindPorts<unknown, unknown, unknown> | undefined;
    return ports === undefined ? {} : { [name]: decorateKind(name, ports, around) };
  };
  return Object.assign({}, ...LANE_NAMES.map(decorateLane)) as LanePorts;
}

/** The port's face alone: what else the vendor's own quota can do is between it and its adapter. */
function decorateQuota(quota: Quota, around: Around): Quota {
  const face = {
    availableAt: (ahead?: number) => quota.availableAt(ahead),
    snapshot: () => quota.snapshot(),
  };
  // A turn is waited for around a request, which is decorated itself.
  return {
    ...decorate('quota', face, around),
    within: (request, signal) => quota.within(request, signal),
  };
}

function decorateKind<Subject, Desired, Row>(
  name: string,
  ports: KindPorts<Subject, Desired, Row>,
  around: Around,
): KindPorts<Subject, Desired, Row> {
  const { sets, items, writer, poller } = ports;
  return {
    check: (subject) => ports.check(subject),
    ...(sets === undefined ? {} : { sets: decorate(`${name}.sets`, sets, around) }),
    ...(items === undefined ? {} : { items: decorate(`${name}.items`, items, around) }),
    ...(writer === undefined ? {} : { writer: decorateWriter(`${name}.writer`, writer, around) }),
    ...(poller === undefined ? {} : { poller: decorate(`${name}.poller`, poller, around) }),
  };
}

function decorateWriter<Subject, Desired>(
  name: string,
  writer: Writer<Subject, Desired>,
  around: Around,
): Writer<Subject, Desired> {
  const { send } = decorate(name, { send: writer.send.bind(writer) }, around);
  const partition: typeof writer.partition = (verb, item) => writer.partition(verb, item);
  const own = { verbs: writer.verbs, partition, send };
  if (writer.withheld === undefined) return own;
  const { withheld } = decorate(name, { withheld: writer.withheld.bind(writer) }, around);
  return { ...own, withheld };
}
