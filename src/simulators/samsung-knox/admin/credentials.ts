import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { issueOAuthClient, issueSignedIdentifier } from '../credentials.ts';
import { isScope, SCOPES, type Scope } from '../scopes.ts';
import type { Simulation } from '../simulation.ts';

/** The pages of the Knox API portal on which a reseller gets its credentials. */
export function credentialRoutes(sim: Simulation, baseUrl: string): readonly AdminRoute[] {
  return [...oauthRoutes(sim, baseUrl), ...identifierRoutes(sim, baseUrl)];
}

function oauthRoutes(sim: Simulation, baseUrl: string): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/oauth-clients',
      does: 'Makes an OAuth client {"resellerId"?, "scopes"? (["kdp"])} and answers its id and secret, shown only once.',
      handle: ({ body }) => {
        const wanted = fields(body ?? {});
        const resellerId = wanted.text('resellerId') ?? sim.settings.resellerId;
        const scopes = scopesIn(wanted.texts('scopes') ?? ['kdp']);
        const { client, secret } = issueOAuthClient(sim.random, { resellerId, scopes });
        sim.oauthClients.set(client.clientId, client);
        return { clientId: client.clientId, clientSecret: secret, resellerId, scopes, url: baseUrl };
      },
    },
    {
      method: 'GET',
      path: '/oauth-clients',
      does: 'The OAuth clients, without secrets.',
      handle: () => [...sim.oauthClients.values()].map(({ secretSha256: _secret, ...shown }) => shown),
    },
    {
      method: 'PATCH',
      path: '/oauth-clients/{clientId}',
      does: 'Revokes or restores {"revoked"}, changes {"scopes"} for tokens to come.',
      handle: ({ params, body }) => {
        const client = sim.oauthClients.get(params['clientId'] ?? '');
        if (client === undefined) throw new AdminError('There is no such OAuth client.', 404);
        const change = fields(body);
        const revoked = change.flag('revoked') ?? client.revoked;
        const scopes = scopesIn(change.texts('scopes') ?? client.scopes);
        sim.oauthClients.set(client.clientId, { ...client, revoked, scopes });
        return { clientId: client.clientId, revoked, scopes };
      },
    },
  ];
}

function identifierRoutes(sim: Simulation, baseUrl: string): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/signed-identifiers',
      does: 'Makes a key pair {"resellerId"?} and answers keys.json and the client identifier, shown only once.',
      handle: async ({ body }) => {
        const resellerId = fields(body ?? {}).text('resellerId') ?? sim.settings.resellerId;
        const { identifier, download } = await issueSignedIdentifier(sim.random, resellerId);
        sim.signedIdentifiers.set(identifier.clientIdentifier, identifier);
        return { ...download, resellerId, url: baseUrl };
      },
    },
    {
      method: 'GET',
      path: '/signed-identifiers',
      does: 'The client identifiers with their public keys.',
      handle: () => [...sim.signedIdentifiers.values()],
    },
    {
      method: 'PATCH',
      path: '/signed-identifiers/{clientIdentifier}',
      does: 'Revokes or restores {"revoked"}.',
      handle: ({ params, body }) => {
        const identifier = sim.signedIdentifiers.get(params['clientIdentifier'] ?? '');
        if (identifier === undefined) throw new AdminError('There is no such client identifier.', 404);
        const revoked = fields(body).flag('revoked') ?? identifier.revoked;
        sim.signedIdentifiers.set(identifier.clientIdentifier, { ...identifier, revoked });
        return { clientIdentifier: identifier.clientIdentifier, revoked };
      },
    },
  ];
}

function scopesIn(scopes: readonly string[]): readonly Scope[] {
  if (scopes.every(isScope)) return scopes.filter(isScope);
  throw new AdminError(`"scopes" may hold ${SCOPES.join(', ')}.`);
}
