import { DEFINITIONS } from '../../api/definitions.generated.ts';
import { RESOURCES } from '../../api/group.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/object.ts';
import {
  apiVersionOf,
  CONFIG_MAPS,
  CUSTOM_RESOURCE_DEFINITIONS,
  defineResource,
  NAMESPACES,
  type ResourceType,
  SECRETS,
} from '../../kube/resource.ts';
import type { Clock } from '../../ports/clock.ts';
import { Sentence } from '../exit.ts';
import type { Manifest } from './manifests.ts';
import type { Watched } from './watching.ts';

/** Owner of what `local` applies; kubectl's own name, so that a later `kubectl apply --server-side` goes on from there. */
const OPTIONS = { fieldManager: 'kubectl', force: true };

const KNOWN: readonly ResourceType[] = [
  NAMESPACES,
  SECRETS,
  CONFIG_MAPS,
  ...Object.values(RESOURCES).map((resource) => defineResource(resource)),
];

/** How long a definition may take to be served, in milliseconds. ASSUMED: a real API server needs under a second. */
const ESTABLISH_MS = 30_000;

/** Installs our definitions and waits until they are served. */
export async function installDefinitions(
  client: KubeClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const definitions = Object.values(DEFINITIONS) as unknown as readonly KubeObject[];
  for (const definition of definitions) {
    const applied = await client.apply(CUSTOM_RESOURCE_DEFINITIONS, definition, OPTIONS, signal);
    if (!applied.ok) throw new Sentence(`${definition.metadata.name}: ${applied.failure.message}`);
  }
  const deadlineMs = clock.monotonic() + ESTABLISH_MS;
  for (const { metadata } of definitions) {
    while (!(await isEstablished(client, metadata.name, signal))) {
      if (signal.aborted || clock.monotonic() > deadlineMs) {
        throw new Sentence(`the API server does not serve ${metadata.name}`);
      }
      await clock.sleep(100, signal);
    }
  }
}

async function isEstablished(client: KubeClient, name: string, signal: AbortSignal): Promise<boolean> {
  const found = await client.get(CUSTOM_RESOURCE_DEFINITIONS, { name }, signal);
  if (!found.ok) return false;
  const { conditions = [] } = (found.value.status ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[] | null;
  };
  return conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false;
}

/** Applies one manifest, and answers it as it stands now. What the API server refuses is told with the file it stands in. */
export async function applyManifest(
  client: KubeClient,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<Watched> {
  const { object, file, line } = manifest;
  const type = KNOWN.find((known) => known.kind === object.kind && apiVersionOf(known) === object.apiVersion);
  if (type === undefined) {
    throw new Sentence(
      `${file}:${line}: ${object.apiVersion} ${object.kind} is no kind that local applies; apply it with kubectl`,
    );
  }
  const namespace = type.namespaced ? { namespace: object.metadata.namespace ?? 'default' } : {};
  const draft = { ...object, metadata: { ...object.metadata, ...namespace } };
  const applied = await client.apply(type, draft, OPTIONS, signal);
  if (!applied.ok) throw new Sentence(`${file}:${line}: ${applied.failure.message}`);
  return { kind: type.kind, object: applied.value as Watched['object'] };
}
