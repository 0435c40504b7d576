import { ok } from '../../ports/failure.ts';
import type { Probe, Promotion } from '../../ports/probe.ts';
import type { NetflixClient } from './client.ts';
import type { WirePromotion } from './wire.ts';

/** The operator's promotions: what a creation may name, and the look by which a login shows that it works. */
export function promotionProbe(client: NetflixClient): Probe {
  return {
    async look(signal) {
      const listed = await client.listPromotions(signal);
      return listed.ok ? ok({ promotions: listed.value.map(toPromotion) }) : listed;
    },
  };
}

function toPromotion({ code, name, description, effective_from, expires_on }: WirePromotion): Promotion {
  return {
    code,
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    ...(effective_from ? { effectiveFrom: effective_from } : {}),
    ...(expires_on ? { expiresOn: expires_on } : {}),
  };
}
