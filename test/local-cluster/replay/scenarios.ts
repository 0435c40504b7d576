import type { Outgoing } from './send.ts';

/** Makes sure that `<rv-N>` stands for the present version; `after` first writes something unrelated, so that it is new. */
interface BindVersion {
  readonly bind: string;
  readonly after: 'a write' | 'nothing';
}

/** Binds the uid and version of an object that a request names before any answer does. */
export interface BindObject {
  readonly bindObject: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** Something the recorder did between or during the steps without recording it. */
export type Action = Outgoing | BindVersion | BindObject;

/** What a transcript leaves out, by the index of the step. */
export interface Scenario {
  readonly before?: Readonly<Record<number, readonly Action[]>>;
  /** While the watch of the step is open. */
  readonly during?: Readonly<Record<number, readonly Action[]>>;
  /** Bodies the recorder replaced by words. */
  readonly bodies?: Readonly<Record<number, (recorded: unknown) => unknown>>;
  /** Answers the recorder took from an earlier run, as they are in this one. */
  readonly recorded?: Readonly<Record<number, (recorded: unknown) => unknown>>;
  /** What the recorder showed of the text of an answer. */
  readonly shown?: Readonly<Record<number, (text: string) => unknown>>;
  /** The continue token of a step, from those seen so far. */
  readonly tokens?: Readonly<Record<number, (seen: readonly string[]) => string>>;
}

const DEFINITION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.demo.vendorplane.dev';
const MERGE = { 'Content-Type': 'application/merge-patch+json' };
const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

function widgets(namespace: string, name = ''): string {
  return `/apis/demo.vendorplane.dev/v1alpha1/namespaces/${namespace}/widgets${name === '' ? '' : `/${name}`}`;
}

function widget(namespace: string, metadata: object, spec: object = {}): Outgoing {
  const body = {
    apiVersion: 'demo.vendorplane.dev/v1alpha1',
    kind: 'Widget',
    metadata,
    spec: { vendor: 'Google', ...spec },
  };
  return { method: 'POST', path: widgets(namespace), body };
}

function mergePatch(path: string, body: object): Outgoing {
  return { method: 'PATCH', path, headers: MERGE, body };
}

function label(name: string, labels: object): Outgoing {
  return mergePatch(widgets('t07', name), { metadata: { labels } });
}

function remove(path: string): Outgoing {
  return { method: 'DELETE', path };
}

function create(path: string, body: object): Outgoing {
  return { method: 'POST', path, body };
}

function patchDefinition(path: string, value: unknown): Outgoing {
  const root = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties';
  return {
    method: 'PATCH',
    path: DEFINITION,
    headers: JSON_PATCH,
    body: [{ op: 'add', path: `${root}/${path}`, value }],
  };
}

function configMap(name: string, content: object): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...content };
}

function bigWidget(bytes: number): object {
  const { body } = widget('t04', { name: 'big' }, { raw: { text: 'x'.repeat(bytes) } });
  return body as object;
}

function annotated(bytes: number): object {
  const { body } = widget('t04', { name: 'big', annotations: { a: 'x'.repeat(bytes - 1) } });
  return body as object;
}

const HOLD = { finalizers: ['demo.vendorplane.dev/hold'] };
const MIB = 1024 * 1024;

/** The fields of a flat object in order, spaced as the recorder wrote them. */
function pythonText(json: string): string {
  const fields = json.slice(1, -1).split(',').sort();
  return `{${fields.map((field) => field.replace(':', ': ')).join(', ')}}`;
}

/** Reads a token whose version no server remembers. */
function tokenOfVersion2(): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 2, start: '/one\u0000' })).toString(
    'base64url',
  );
}

const TEMPS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'temps.demo.vendorplane.dev' },
  spec: {
    group: 'demo.vendorplane.dev',
    scope: 'Namespaced',
    names: { plural: 'temps', singular: 'temp', kind: 'Temp' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object' } },
      },
    ],
  },
};

/** An earlier run had left it. */
const APPLIED_NAMESPACE: Outgoing = {
  method: 'PATCH',
  path: '/api/v1/namespaces/t06-applied?fieldManager=alice',
  headers: { 'Content-Type': 'application/apply-patch+yaml' },
  body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 't06-applied' } },
};

const EVENT = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e1', namespace: 't08' },
  involvedObject: { kind: 'Widget', name: 'full', namespace: 't08' },
  reason: 'Broken',
  message: 'it broke',
  type: 'Warning',
  source: { component: 'ctl', host: 'h1' },
  firstTimestamp: '2024-01-01T00:00:00Z',
  lastTimestamp: '2024-01-02T00:00:00Z',
  count: 3,
};

/** By the name of the transcript. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '01-discovery': {
    before: { 28: [create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', TEMPS)] },
  },
  '02-crd-lifecycle': {
    before: {
      4: [{ bind: '<rv-4>', after: 'a write' }],
      35: [remove('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.demo.vendorplane.dev')],
      36: [widget('default', { name: 'held', ...HOLD }), widget('default', { name: 'unheld' })],
    },
  },
  '03-crud': {
    before: {
      36: [mergePatch(widgets('t03', 'two'), { metadata: { annotations: { i: '2' } } })],
      70: [create('/api/v1/namespaces/t03/configmaps', configMap('cm', { data: { a: '1' } }))],
      72: ['d1', 'd2', 'd3', 'd4'].map((name) => widget('t03', { name })),
      78: ['d5', 'd6', 'd7'].map((name) => widget('t03', { name })),
      86: [widget('t03', { name: 'f1', ...HOLD })],
      98: [
        widget('t03', { name: 'c1', labels: { grp: 'c' } }),
        widget('t03', { name: 'c2', labels: { grp: 'c' } }),
        widget('t03', { name: 'c3', labels: { grp: 'c' }, ...HOLD }),
      ],
    },
    tokens: { 35: (seen) => seen[0] ?? '', 36: tokenOfVersion2 },
  },
  '04-validation': {
    before: {
      43: [
        widget('t04', { name: 'imm' }, { account: 'a1' }),
        { bindObject: widgets('t04', 'imm'), uid: '<uid-1>', resourceVersion: '<rv-1>' },
      ],
      66: [widget('t04', { name: 'dr' }), patchDefinition('added', { type: 'string', default: 'from-read' })],
      67: [
        {
          method: 'PATCH',
          path: DEFINITION,
          headers: JSON_PATCH,
          body: [
            {
              op: 'remove',
              path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/added',
            },
          ],
        },
        widget('t04', { name: 'rat' }, { title: 'LongTitle' }),
        patchDefinition('title/maxLength', 3),
      ],
      69: [patchDefinition('title/maxLength', 20)],
      90: [remove(widgets('t04', 'big'))],
    },
    bodies: {
      87: () => annotated(262_144),
      88: () => annotated(262_145),
      89: () => bigWidget(1_400_000),
      90: () => bigWidget(1_600_000),
      91: () => bigWidget(3 * MIB),
    },
    shown: { 65: (text) => pythonText(/"raw":(\{[^}]*\})/.exec(text)?.[1] ?? '') },
  },
  '05-patch': {
    bodies: {
      11: () => Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/spec/title', value: 'Hi' })),
    },
  },
  '06-server-side-apply': {
    before: {
      0: [APPLIED_NAMESPACE, APPLIED_NAMESPACE],
      48: [{ bindObject: widgets('t06', 'm'), resourceVersion: '<rv-33>' }],
    },
    // The recording shows the version as it was.
    bodies: { 48: (recorded) => JSON.parse(JSON.stringify(recorded).replace('1201', '<rv-33>')) as unknown },
  },
  '07-watch': {
    before: {
      0: [widget('t07', { name: 'a', labels: { g: '1' } }), widget('t07', { name: 'b' })],
      5: [{ bind: '<rv-10>', after: 'a write' }],
      8: [{ bind: '<rv-13>', after: 'a write' }],
      9: [{ bind: '<rv-19>', after: 'a write' }],
      10: [{ bind: '<rv-21>', after: 'nothing' }],
      11: [{ bind: '<rv-25>', after: 'a write' }],
      13: [{ bind: '<rv-28>', after: 'a write' }],
      15: [{ bind: '<rv-30>', after: 'a write' }],
      26: [{ bind: '<rv-31>', after: 'a write' }],
      33: [{ bind: '<rv-32>', after: 'a write' }],
      40: [label('a', { n: '11' })],
      42: [{ bind: '<rv-37>', after: 'a write' }],
      45: [create('/api/v1/namespaces/t07/configmaps', configMap('cm', { data: { a: '1' } }))],
    },
    during: {
      1: [widget('t07', { name: 'c' }), label('a', { n: '1' }), remove(widgets('t07', 'b'))],
      2: [label('a', { n: '2' })],
      5: [label('a', { n: '3' }), label('c', { n: '3' })],
      8: [
        label('c', { sel: 'y' }),
        label('c', { other: '1' }),
        label('c', { sel: 'n' }),
        label('c', { sel: 'y', unseen: '1' }),
        label('c', { sel: null }),
      ],
      9: [
        widget('t07', { name: 's' }, { vendor: 'Samsung' }),
        remove(widgets('t07', 'c')),
        widget('t07', { name: 'g' }),
      ],
      10: [
        widget('t07', { name: 'f', ...HOLD }),
        remove(widgets('t07', 'f')),
        mergePatch(widgets('t07', 'f'), { metadata: { finalizers: null } }),
      ],
      11: [
        label('a', { n: '3' }),
        mergePatch(`${widgets('t07', 'a')}/status`, { status: { phase: 'Ready' } }),
      ],
      12: [label('a', { n: '9' })],
      13: [label('a', { n: '10' })],
      40: [label('a', { n: '12' }), remove(widgets('t07', 'g'))],
      41: [label('a', { n: '13' })],
      42: [label('a', { n: '14' })],
      45: [
        mergePatch('/api/v1/namespaces/t07/configmaps/cm', { data: { a: '2' } }),
        remove('/api/v1/namespaces/t07/configmaps/cm'),
      ],
      46: [patchDefinition('title/description', 'A title.')],
    },
  },
  '08-table-partial': {
    before: {
      0: [
        ...['A', 'B', 'C'].map((letter) => patchDefinition('title/description', `${letter} title.`)),
        widget('t08', { name: 'full', labels: { l: '1' } }, { replicas: 3, suspend: true, tags: ['a', 'b'] }),
        mergePatch(`${widgets('t08', 'full')}/status`, {
          status: {
            lastSeenTime: '2024-01-01T00:00:00Z',
            conditions: [{ type: 'Ready', status: 'True', message: 'fine' }],
          },
        }),
        widget('t08', { name: 'bare' }),
        create(
          '/api/v1/namespaces/t08/configmaps',
          configMap('cm', { data: { a: '1', b: '2' }, binaryData: { c: 'AA==' } }),
        ),
        create('/api/v1/namespaces/t08/secrets', {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 's' },
          data: { a: 'MQ==' },
        }),
        create('/apis/coordination.k8s.io/v1/namespaces/t08/leases', {
          metadata: { name: 'l' },
          spec: { holderIdentity: 'me', leaseDurationSeconds: 15 },
        }),
        create('/apis/coordination.k8s.io/v1/namespaces/t08/leases', { metadata: { name: 'l2' } }),
        create('/api/v1/namespaces/t08/events', EVENT),
      ],
    },
    // The version is shown as it was in that run.
    recorded: { 33: (text) => String(text).replace('resourceVersion: "1231"', 'resourceVersion: "<rv-10>"') },
  },
  '10-core': {
    recorded: { 19: (names) => [...(names as string[]), 't10'] },
    before: {
      3: [widget('t10-x', { name: 'inside' })],
      26: [remove('/api/v1/namespaces/t10/configmaps/big1')],
    },
    bodies: {
      25: () => configMap('big1', { data: { k: 'x'.repeat(MIB) } }),
      26: () => configMap('big2', { data: { k: 'x'.repeat(MIB + 1) } }),
      27: () => configMap('big3', { binaryData: { k: Buffer.alloc(MIB).toString('base64') } }),
      43: () => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'h' },
        data: { k: Buffer.alloc(MIB + 1).toString('base64') },
      }),
    },
  },
};
