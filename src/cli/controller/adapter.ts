import { LANE_NAMES, type LaneName } from '../../domain/lanes.ts';
import { type Around, decorate } from '../../observability/decorate.ts';
import type { Quota } from '../../ports/quota.ts';
import type { KindPorts, LanePorts, VendorAdapter } from '../../ports/vendor.ts';

/** An adapter whose every capability is decorated under its own name, for example `devices.writer`. */
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
  const { check } = decorate(name, { check: (subject: Subject) => ports.check(subject) }, around);
  return {
    check,
    ...(sets === undefined ? {} : { sets: decorate(`${name}.sets`, sets, around) }),
    ...(items === undefined ? {} : { items: decorate(`${name}.items`, items, around) }),
    ...(writer === undefined ? {} : { writer: decorate(`${name}.writer`, writer, around) }),
    ...(poller === undefined ? {} : { poller: decorate(`${name}.poller`, poller, around) }),
  };
}
