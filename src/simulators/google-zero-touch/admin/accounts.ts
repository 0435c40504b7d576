import { AdminError, type AdminRoute } from '../../admin.ts';
import { fields } from '../../admin-fields.ts';
import { isObject } from '../../json.ts';
import { issueAccount } from '../accounts.ts';
import type { Simulation } from '../simulation.ts';

/** The portal page of service accounts. */
export function accountRoutes(sim: Simulation, baseUrl: string): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/service-accounts',
      does: 'Makes a service account {"partnerId"?, "linked"? (true)} and answers its key file, which is shown only once.',
      handle: async ({ body }) => {
        const wanted = fields(body ?? {});
        const partnerId = wanted.digits('partnerId') ?? sim.settings.partnerId;
        const linked = wanted.flag('linked') ?? true;
        const { account, keyFile } = await issueAccount(sim.random, baseUrl, { partnerId, linked });
        sim.accounts.set(account.email, account);
        return keyFile;
      },
    },
    {
      method: 'GET',
      path: '/service-accounts',
      does: 'The service accounts, without keys.',
      handle: () =>
        [...sim.accounts.values()].map(({ email, partnerId, linked, revoked }) => ({
          email,
          partnerId,
          linked,
          revoked,
        })),
    },
    {
      method: 'PATCH',
      path: '/service-accounts/{email}',
      does: 'Links or unlinks {"linked"}, revokes or restores {"revoked"}.',
      handle: ({ params, body }) => {
        const account = sim.accounts.get(params['email'] ?? '');
        if (account === undefined) throw new AdminError('There is no such service account.', 404);
        const change = fields(isObject(body) ? body : {});
        const linked = change.flag('linked') ?? account.linked;
        const revoked = change.flag('revoked') ?? account.revoked;
        sim.accounts.set(account.email, { ...account, linked, revoked });
        return { email: account.email, linked, revoked };
      },
    },
  ];
}
