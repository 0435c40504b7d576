import { EXPECTS_ANNOTATION, endOf } from './settled.ts';
import type { LocalVendor } from './vendor.ts';
import type { Watched } from './watching.ts';

/** What a person wants to know when all is settled, and what to try next. */
export function summary(
  all: readonly Watched[],
  kubeconfig: string,
  vendors: readonly LocalVendor[],
  edit: string | undefined,
): readonly string[] {
  const ready = all.filter(({ object }) => isReady({ object }));
  const expected = all.filter(({ object }) => !isReady({ object }) && endOf(object) === 'asExpected');
  const waiting = all.filter(({ object }) => endOf(object) === 'needsPerson');
  const claim =
    expected.find(({ kind }) => kind === 'DeviceClaim') ?? all.find(({ kind }) => kind === 'DeviceClaim');
  const namespace = (claim ?? all[0])?.object.metadata.namespace ?? 'default';
  return [
    '',
    `Settled: ${ready.length} of ${all.length} resources are Ready${expected.length === 0 ? '' : ', and these are not, as their manifests expect:'}`,
    ...expected.map(
      ({ kind, object }) =>
        `  ${kind}/${object.metadata.name}: ${object.metadata.annotations?.[EXPECTS_ANNOTATION]}`,
    ),
    ...(waiting.length === 0 ? [] : ['These wait for a person:']),
    ...waiting.map(({ kind, object }) => `  ${kind}/${object.metadata.name}`),
    '',
    'Try next, in another terminal:',
    `  export KUBECONFIG=${kubeconfig}`,
    `  kubectl -n ${namespace} get vendorplane`,
    ...(claim === undefined
      ? []
      : [`  kubectl -n ${namespace} describe dclaim ${claim.object.metadata.name}`]),
    `  kubectl -n ${namespace} get vop        # the journal: every write to the vendor`,
    ...(edit === undefined
      ? []
      : [`  kubectl apply --server-side -f ${edit}    # the fleet changes: docs/walkthrough.md`]),
    ...vendors.map(
      ({ title, simulator }) =>
        `  curl ${simulator.adminUrl}/ledger?mutating=true    # what ${title} was asked`,
    ),
    '',
  ];
}

function isReady({ object }: Pick<Watched, 'object'>): boolean {
  return (
    object.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
  );
}
