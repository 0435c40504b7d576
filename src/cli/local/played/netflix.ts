import { setTimeout as sleep } from 'node:timers/promises';
import { startCrmComNetflix } from '../../../simulators/crmcom-netflix/start.ts';
import { type PlayedVendor, textIn } from './vendor.ts';

/** A subscriber who registers at Netflix so long after the subscription was created. */
interface Registration {
  readonly customer: string;
  readonly afterMs: number;
}

const LOOK_EVERY_MS = 500;

/** CRM.COM with Netflix behind it. Every operator has a host of its own; this one is the example's. */
export const netflix: PlayedVendor = {
  title: 'Netflix',
  name: 'crmcom-netflix',
  origin: 'https://crm.operator.example',
  block: 'crmComNetflix',
  start: ([first], kept) =>
    startCrmComNetflix({
      organisation: textIn(first?.block, 'organisation', 'demo'),
      timeZone: textIn(first?.block, 'timeZone', 'UTC'),
      knobs: {
        addressFormat: first?.block['addressFormat'] === 'International' ? 'international' : 'crmcom',
      },
      ...kept,
    }),
  issue: async ({ block }, ask) => {
    const organisation = textIn(block, 'organisation', 'demo');
    const { username, password } = JSON.parse(await ask('/users', { organisation })) as {
      readonly username: string;
      readonly password: string;
    };
    return { username, password };
  },
  plays: {
    registrations: (items, adminUrl, signal) => {
      for (const item of items as readonly Registration[]) void register(item, adminUrl, signal);
    },
  },
};

/** Does what a subscriber does with the token; gives up when the vendor is closed. */
async function register(
  { customer, afterMs }: Registration,
  adminUrl: string,
  signal: AbortSignal,
): Promise<void> {
  const order = { method: 'POST', body: JSON.stringify({ customer }), signal };
  try {
    while (!(await isCreated(customer, adminUrl, signal))) await sleep(LOOK_EVERY_MS, undefined, { signal });
    await sleep(afterMs, undefined, { signal });
    await fetch(`${adminUrl}/subscribers/register`, order);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function isCreated(customer: string, adminUrl: string, signal: AbortSignal): Promise<boolean> {
  const reply = await fetch(`${adminUrl}/subscribers?${new URLSearchParams({ customer }).toString()}`, {
    signal,
  });
  const text = await reply.text();
  return reply.ok && text.includes(JSON.stringify(customer));
}
