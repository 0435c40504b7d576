import { setTimeout as sleep } from 'node:timers/promises';
import { parse as yamlValue } from 'yaml';
import { type Bindings, createBindings } from './bindings.ts';
import { difference } from './compare.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { type Action, type BindObject, SCENARIOS, type Scenario } from './scenarios.ts';
import { type Outgoing, type Received, send, sendWatch } from './send.ts';
import { readTranscript, type Step, widgetDefinition } from './transcript.ts';

/** One replayed step: what differed, if anything; `beside` what is known to. */
export interface Verdict {
  readonly step: string;
  readonly difference: string | undefined;
  readonly beside: string | undefined;
}

/** Headers that are compared where the recording shows them. */
const HEADERS = ['content-type', 'retry-after', 'location', 'x-content-type-options', 'vary', 'allow'];

/** Replays a transcript against an API that has seen nothing yet. */
export async function replay(file: string, url: string): Promise<readonly Verdict[]> {
  const steps = readTranscript(file);
  const scenario = SCENARIOS[file] ?? {};
  const bindings = createBindings();
  await prepare(file, url);
  const verdicts: Verdict[] = [];
  for (const [index, step] of steps.entries()) {
    for (const action of scenario.before?.[index] ?? []) await act(action, url, bindings);
    if (step.request === undefined || step.response === undefined) continue;
    verdicts.push(await replayStep(file, index, step, url, scenario, bindings));
  }
  return verdicts;
}

/** The namespace of the file, and the definition all but the one about definitions use. */
export async function prepare(file: string, url: string): Promise<void> {
  const namespace = `t${file.slice(0, 2)}`;
  const headers = { 'User-Agent': 'python-urllib3/2.0' };
  const metadata = { name: namespace, ...(namespace === 't05' ? { labels: { team: 'x' } } : {}) };
  await sendOk(url, { method: 'POST', path: '/api/v1/namespaces', headers, body: { metadata } });
  if (file.startsWith('02')) return;
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await sendOk(url, { method: 'POST', path, body: widgetDefinition() });
  await served(url);
}

async function served(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { status } = await send(url, {
      method: 'GET',
      path: '/apis/demo.vendorplane.dev/v1alpha1/widgets',
    });
    if (status === 200) return;
    await sleep(25);
  }
  throw new Error('the definition was not established');
}

async function sendOk(url: string, outgoing: Outgoing): Promise<Received> {
  const received = await send(url, outgoing);
  if (received.status < 300) return received;
  throw new Error(`${outgoing.method} ${outgoing.path}: ${received.status} ${JSON.stringify(received.body)}`);
}

async function act(action: Action, url: string, bindings: Bindings): Promise<void> {
  if ('bindObject' in action) return bindObject(action, url, bindings);
  if (!('bind' in action)) {
    await sendOk(url, action);
    // A changed definition takes a moment to be served.
    if (action.path.includes('customresourcedefinitions')) await sleep(100);
    return;
  }
  if (action.after === 'a write') {
    await sendOk(url, {
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps',
      body: { metadata: { generateName: 'x-' } },
    });
  }
  const list = await sendOk(url, { method: 'GET', path: '/apis/demo.vendorplane.dev/v1alpha1/widgets' });
  const { resourceVersion } = (list.body as { metadata: { resourceVersion: string } }).metadata;
  if (!bindings.matches(action.bind, resourceVersion))
    throw new Error(`${action.bind} cannot be ${resourceVersion}`);
}

async function bindObject(action: BindObject, url: string, bindings: Bindings): Promise<void> {
  const { body } = await sendOk(url, { method: 'GET', path: action.bindObject });
  const { metadata } = body as { metadata: { uid: string; resourceVersion: string } };
  for (const field of ['uid', 'resourceVersion'] as const) {
    const placeholder = action[field];
    if (placeholder !== undefined && !bindings.matches(placeholder, metadata[field])) {
      throw new Error(`${placeholder} cannot be ${metadata[field]}`);
    }
  }
}

async function replayStep(
  file: string,
  index: number,
  step: Step,
  url: string,
  scenario: Scenario,
  bindings: Bindings,
): Promise<Verdict> {
  const recorded = step.response as NonNullable<Step['response']>;
  const outgoing = fillRequest(index, step, scenario, bindings);
  const isWatch = /[?&]watch=true|\/watch\//.test(outgoing.path);
  const isStream = isWatch && Array.isArray(recorded.body);
  const answer = scenario.recorded?.[index]?.(recorded.body) ?? recorded.body;
  const expected = isStream ? withoutRepeatedBookmarks(answer as Event[]) : answer;
  const received = isWatch
    ? await sendWatch(url, outgoing, isStream ? (expected as Event[]).length : 0, async () => {
        for (const action of scenario.during?.[index] ?? []) await act(action, url, bindings);
      })
    : await send(url, outgoing);
  if (received.status !== recorded.status) {
    const difference = `status: recorded ${recorded.status}, got ${received.status}: ${JSON.stringify(received.body).slice(0, 300)}`;
    return { step: step.name, difference, beside: difference };
  }
  const partial = file.startsWith('01') || file.startsWith('09');
  const isNames = !isStream && Array.isArray(recorded.body);
  const shown = scenario.shown?.[index];
  const whole =
    shown !== undefined
      ? shown(received.text)
      : isNames
        ? (received.body as { items: unknown }).items
        : received.body;
  const actual = isStream && Array.isArray(whole) ? withoutRepeatedBookmarks(whole as Event[]) : whole;
  const body = partial ? onlyRecorded(expected, actual) : actual;
  const wanted = parsed(expected, recorded.headers);
  const compared = (part: (body: unknown) => unknown) =>
    bindings.attempt(
      () =>
        headerDifference(recorded.headers, received, bindings) ??
        difference(part(wanted), part(body), bindings),
    );
  const found = compared((same) => same);
  const known = KNOWN_DIFFERENCES[file]?.[step.name];
  const without = typeof known === 'object' ? known.without : undefined;
  return {
    step: step.name,
    difference: found,
    beside: found === undefined || without === undefined ? found : compared(without),
  };
}

interface Event {
  readonly type?: string;
  readonly object?: { readonly metadata?: { readonly annotations?: object } };
}

/** How often a bookmark is repeated near the end of a watch is a matter of timing. */
function withoutRepeatedBookmarks(events: readonly Event[]): readonly Event[] {
  return events.filter((event, index) => event.type !== 'BOOKMARK' || events[index - 1]?.type !== 'BOOKMARK');
}

function parsed(expected: unknown, headers: Readonly<Record<string, string | string[]>>): unknown {
  // The recording shows YAML answers as text; they are compared as values.
  const isYaml =
    headers['content-type'] === 'application/yaml' &&
    typeof expected === 'string' &&
    !expected.startsWith('<');
  return isYaml ? yamlValue(expected) : expected;
}

function fillRequest(index: number, step: Step, scenario: Scenario, bindings: Bindings): Outgoing {
  const { method, path, headers = {}, body } = step.request as NonNullable<Step['request']>;
  const token = scenario.tokens?.[index]?.(bindings.tokens);
  const filled = bindings.fill(token === undefined ? path : path.replace('<continue>', token));
  const value = scenario.bodies?.[index]?.(body) ?? body;
  return {
    method,
    path: filled,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, bindings.fill(text)])),
    ...(value === undefined ? {} : { body: fillBody(value, bindings) }),
  };
}

function fillBody(body: unknown, bindings: Bindings): unknown {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const filled = bindings.fill(text).replaceAll('<1025 x>', 'x'.repeat(1025));
  return typeof body === 'string' ? filled : (JSON.parse(filled) as unknown);
}

function headerDifference(
  recorded: Readonly<Record<string, string | string[]>>,
  received: Received,
  bindings: Bindings,
): string | undefined {
  for (const name of HEADERS) {
    const want = recorded[name];
    const got = received.headers[name];
    if (want === undefined) continue;
    if (got === undefined || !bindings.matches(String(want), String(got)))
      return `header ${name}: recorded ${String(want)}, got ${String(got)}`;
  }
  const etag = recorded['etag'];
  if (etag !== undefined && !bindings.matches(String(etag), String(received.headers['etag']))) {
    return `header etag: got ${String(received.headers['etag'])}`;
  }
  const warnings = (value: string | string[] | undefined) =>
    JSON.stringify(value === undefined ? [] : [value].flat().sort());
  const [want, got] = [warnings(recorded['warning']), warnings(received.headers['warning'])];
  return want === got ? undefined : `header warning: recorded ${want}, got ${got}`;
}

/** Discovery was recorded with the groups and resources of other kinds left out: what is not recorded is not compared. */
function onlyRecorded(recorded: unknown, actual: unknown): unknown {
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const keys = recorded.map(keyOf);
    if (keys.includes(undefined)) return actual;
    const found = new Map(actual.map((item) => [keyOf(item), item as unknown]));
    return recorded
      .filter((item) => found.has(keyOf(item)))
      .map((item) => onlyRecorded(item, found.get(keyOf(item))));
  }
  if (typeof recorded !== 'object' || recorded === null || typeof actual !== 'object' || actual === null)
    return actual;
  return Object.fromEntries(
    Object.entries(actual)
      .filter(([key]) => key in recorded)
      .map(([key, value]) => [key, onlyRecorded((recorded as Record<string, unknown>)[key], value)]),
  );
}

function keyOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  const { name, resource, subresource, version, metadata, group, kind } = (item ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof group === 'string' && typeof kind === 'string') return `${group}/${kind}`;
  const key =
    name ??
    resource ??
    subresource ??
    version ??
    (metadata === undefined ? undefined : ((metadata as { name?: string }).name ?? ''));
  return typeof key === 'string' ? key : undefined;
}
