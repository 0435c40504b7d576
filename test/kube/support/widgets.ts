import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { type Connection, type ConnectionOptions, createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { defineResource } from '../../../src/kube/resource.ts';
import type { Clock } from '../../../src/ports/clock.ts';

/** The kind that every test of this room uses. */
export interface Widget extends KubeObject<{ readonly colour?: string }, { readonly phase?: string }> {
  readonly kind?: 'Widget';
}

export const WIDGETS = defineResource<Widget>({
  group: 'demo.vendorplane.dev',
  version: 'v1alpha1',
  plural: 'widgets',
  kind: 'Widget',
  namespaced: true,
});

/** A client of a plain HTTP server. */
export function clientOf(
  url: string,
  clock: Clock,
  more: Partial<ConnectionOptions> = {},
): { readonly client: KubeClient; readonly connection: Connection } {
  const connection = createConnection({
    access: openAccess(url),
    clock,
    userAgent: 'vendorplane/test',
    ...more,
  });
  return { client: createKubeClient(connection, clock), connection };
}
