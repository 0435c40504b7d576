import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerReady } from './load.ts';

/**
 * What the embedded API is compared with: the least that answers the same requests. A map behind the same HTTP server,
 * which reads the JSON of an object, gives it a version, stores it, answers it, and sends it to all who watch.
 */
const objects = new Map<string, unknown>();
const watchers = new Set<ServerResponse>();
let version = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    watchers.add(response);
    response.once('close', () => watchers.delete(response));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const given = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { metadata: { name: string } };
    version += 1;
    const object = { ...given, metadata: { ...given.metadata, resourceVersion: String(version) } };
    objects.set(object.metadata.name, object);
    const line = `${JSON.stringify({ type: 'ADDED', object })}\n`;
    for (const watcher of watchers) watcher.write(line);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify(object));
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const ready: ServerReady = { url: `http://127.0.0.1:${port}`, pid: process.pid };
  process.send?.(ready);
});
process.once('disconnect', () => process.exit());
