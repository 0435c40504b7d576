import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  NETFLIX_CHARGES,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VENDOR_RECORDS,
} from '../../src/controllers/resources.ts';
import { EVENTS } from '../../src/kube/event-message.ts';
import { LEASES } from '../../src/kube/lease/elector.ts';
import { CONFIG_MAPS, CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES, SECRETS } from '../../src/kube/resource.ts';
import type { Use } from './recording-proxy.ts';

/** Every kind that source code can name, by the name of its constant. */
const KINDS = {
  CONFIG_MAPS,
  CUSTOMERS,
  CUSTOM_RESOURCE_DEFINITIONS,
  DEVICE_CLAIMS,
  EVENTS,
  LEASES,
  NAMESPACES,
  NETFLIX_CHARGES,
  SECRETS,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VENDOR_RECORDS,
} as const;

/** The methods of the client, each with the verb it needs. */
const VERBS: Readonly<Record<string, string>> = {
  get: 'get',
  list: 'list',
  watch: 'watch',
  create: 'create',
  replace: 'update',
  apply: 'patch',
  applyStatus: 'patch',
  mergePatch: 'patch',
  delete: 'delete',
};

/** Where the controller's own code stands; `local` is a person's tool and works with a person's rights. */
const ROOMS = ['src/controllers', 'src/kube', 'src/cli/controller'];

const CALL = /client\.(\w+)\(\s*([A-Z_]+)\b/g;

/**
 * What the controller can ask for wherever its source names the kind. With what one run was seen to ask for, this
 * is everything: code that gets its kind as an argument is run, rare branches that name it are read.
 */
export function usesInSource(root: string): readonly Use[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => usesIn(readFileSync(join(root, room, file), 'utf8'))),
  );
}

function usesIn(source: string): readonly Use[] {
  return [...source.matchAll(CALL)].map(([call, method = '', constant = '']) => {
    const kind = KINDS[constant as keyof typeof KINDS];
    const verb = VERBS[method];
    if (kind === undefined || verb === undefined) throw new Error(`unknown kind or method in ${call}`);
    const { group, plural } = kind;
    return { group, verb, resource: method === 'applyStatus' ? `${plural}/status` : plural };
  });
}
