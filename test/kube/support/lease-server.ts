import { createServer } from 'node:http';
import type { LeaseSpec } from '../../../src/kube/lease/decide.ts';
import type { Lease } from '../../../src/kube/lease/elector.ts';
import { listen, status } from './scripted-server.ts';

/** What goes wrong with the next requests. */
type LeaseFault = 'none' | 'refuse' | 'hang' | 'hold' | 'write-then-drop';

/** One Lease with optimistic locking, over HTTP, as an API server keeps it. */
export interface LeaseServer {
  readonly url: string;
  readonly lease: () => Lease | undefined;
  readonly writes: () => number;
  /** Applies to writes until it is changed. */
  fault: LeaseFault;
  /** Somebody else writes. */
  edit(change: (lease: Lease) => Pick<Lease, 'metadata' | 'spec'>): void;
  remove(): void;
  /** Writes that `hold` has kept waiting. */
  held: () => number;
  /** Answers them. */
  letGo(): void;
  close(): Promise<void>;
}

export async function startLeaseServer(): Promise<LeaseServer> {
  let lease: Lease | undefined;
  let version = 0;
  let writes = 0;
  const state: { fault: LeaseFault } = { fault: 'none' };
  let waiting: (() => void)[] = [];

  function store(draft: { readonly metadata: Partial<Lease['metadata']>; readonly spec?: LeaseSpec }): Lease {
    version += 1;
    writes += 1;
    const uid = lease?.metadata.uid ?? `uid-${version}`;
    lease = {
      metadata: {
        ...draft.metadata,
        name: 'lead',
        namespace: 'fleet',
        uid,
        resourceVersion: String(version),
      },
      ...(draft.spec !== undefined && { spec: draft.spec }),
    };
    return lease;
  }

  function handle(method: string, body: string): [number, object] {
    if (method === 'GET') return lease === undefined ? [404, status(404, 'NotFound')] : [200, lease];
    const draft = JSON.parse(body) as Lease;
    if (method === 'POST')
      return lease === undefined ? [201, store(draft)] : [409, status(409, 'AlreadyExists')];
    const isCurrent = draft.metadata.resourceVersion === lease?.metadata.resourceVersion;
    return isCurrent ? [200, store(draft)] : [409, status(409, 'Conflict')];
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const isWrite = request.method !== 'GET';
      if (isWrite && state.fault === 'hang') return;
      if (isWrite && state.fault === 'refuse') {
        response.writeHead(503).end();
        return;
      }
      const [code, answer] = handle(request.method ?? '', body);
      if (isWrite && state.fault === 'write-then-drop') {
        response.socket?.destroy();
        return;
      }
      const reply = (): void =>
        void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      if (isWrite && state.fault === 'hold') waiting.push(reply);
      else reply();
    });
  });

  const url = await listen(server);
  return {
    url,
    lease: () => lease,
    writes: () => writes,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    edit(change) {
      if (lease !== undefined) store(change(lease));
    },
    remove() {
      lease = undefined;
    },
    held: () => waiting.length,
    letGo() {
      for (const reply of waiting) reply();
      waiting = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
