import { type Around, decorate } from '../../observability/decorate.ts';
import type { KindPorts, VendorAdapter } from '../../ports/vendor.ts';

/** An adapter whose every capability is decorated under its own name, for example `devices.writer`. */
export function decorateAdapter(adapter: VendorAdapter, around: Around): VendorAdapter {
  const { devices, companies, quota } = adapter;
  return {
    quota,
    close: () => adapter.close(),
    ...(devices === undefined ? {} : { devices: decorateKind('devices', devices, around) }),
    ...(companies === undefined ? {} : { companies: decorateKind('companies', companies, around) }),
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
    ...(writer === undefined ? {} : { writer: decorate(`${name}.writer`, writer, around) }),
    ...(poller === undefined ? {} : { poller: decorate(`${name}.poller`, poller, around) }),
  };
}
