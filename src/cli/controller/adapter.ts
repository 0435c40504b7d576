import { type Around, decorate } from '../../observability/decorate.ts';
import type { Quota } from '../../ports/quota.ts';
import type { KindPorts, VendorAdapter } from '../../ports/vendor.ts';

/** An adapter whose every capability is decorated under its own name, for example `devices.writer`. */
export function decorateAdapter(adapter: VendorAdapter, around: Around): VendorAdapter {
  const { devices, companies, lines, lineHistories, subscriptions, registrations, charges, probe, quota } =
    adapter;
  const { close } = decorate('adapter', { close: () => adapter.close() }, around);
  return {
    quota: decorateQuota(quota, around),
    close,
    ...(probe === undefined ? {} : { probe: decorate('probe', probe, around) }),
    ...(devices === undefined ? {} : { devices: decorateKind('devices', devices, around) }),
    ...(companies === undefined ? {} : { companies: decorateKind('companies', companies, around) }),
    ...(lines === undefined ? {} : { lines: decorateKind('lines', lines, around) }),
    ...(lineHistories === undefined
      ? {}
      : { lineHistories: decorate('lineHistories', lineHistories, around) }),
    ...(subscriptions === undefined
      ? {}
      : { subscriptions: decorateKind('subscriptions', subscriptions, around) }),
    ...(registrations === undefined
      ? {}
      : { registrations: decorateKind('registrations', registrations, around) }),
    ...(charges === undefined ? {} : { charges: decorateKind('charges', charges, around) }),
  };
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
