import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One use of the Kubernetes API, in the words of RBAC. */
export interface Use {
  readonly group: string;
  /** With its subresource, as `deviceclaims/status`. */
  readonly resource: string;
  readonly verb: string;
}

/** Stands before an API server and remembers what it was asked for. */
export interface RecordingProxy {
  readonly url: string;
  uses(): readonly Use[];
  close(): Promise<void>;
}

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const uses = new Map<string, Use>();
  const server = createServer((incoming, outgoing) => {
    const use = useOf(incoming.method ?? '', new URL(incoming.url ?? '', target));
    if (use !== undefined) uses.set(textOf(use), use);
    const { method, headers } = incoming;
    const onward = send(`${target}${incoming.url}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    // A watch that is given up here is given up there.
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uses: () => [...uses.values()],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** `group/resource verb`, for comparing. */
export function textOf({ group, resource, verb }: Use): string {
  return `${group === '' ? 'core' : group}/${resource} ${verb}`;
}

const PATH =
  /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

/** Kubernetes documentation, "Determine the request verb". Undefined for what RBAC does not name: discovery. */
export function useOf(method: string, url: URL): Use | undefined {
  const [, group = '', plural, name, subresource] = PATH.exec(url.pathname) ?? [];
  if (plural === undefined) return undefined;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  const read = url.searchParams.get('watch') === 'true' ? 'watch' : name === undefined ? 'list' : 'get';
  const verb = { GET: read, POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method];
  return verb === undefined ? undefined : { group, resource, verb };
}
