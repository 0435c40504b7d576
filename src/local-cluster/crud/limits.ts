import type { KubeObject } from '../object.ts';
import { unclassified } from '../status.ts';

/** Largest object etcd takes, in bytes: its default --max-request-bytes of 1.5 MiB. */
const MAX_OBJECT_BYTES = 1.5 * 1024 * 1024;

/** Throws 500, as kube-apiserver passes on the refusal of etcd. */
export function checkSize(object: KubeObject): void {
  if (Buffer.byteLength(JSON.stringify(object)) > MAX_OBJECT_BYTES)
    throw unclassified('etcdserver: request is too large');
}
