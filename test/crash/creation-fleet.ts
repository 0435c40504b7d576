import { account, COMPANIES, claim, customer, type Fleet, phone, range } from './fleet.ts';
import { GOOGLE } from './google.ts';

/**
 * A Customer whose company the vendor does not have yet, with two phones for it. The budget leaves room for creations
 * that a kill lets be counted and never sent; what may truly happen is one.
 */
export const CREATION_FLEET: Fleet = {
  vendor: GOOGLE,
  manifests: [
    account({ guard: { creations: { maxItems: 3 } } }),
    customer('initech', {
      companyName: 'Initech',
      adoption: 'AdoptOrCreate',
      ownerEmails: ['it@initech.example'],
    }),
    claim('initech-phones', 'initech', range(2).map(phone)),
  ],
  vendorState: [['/customers', { customers: COMPANIES }]],
  atMost: { created: 1 },
};
