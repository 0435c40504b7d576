import type { TokenSecret } from '../../../src/domain/subscription/facts.ts';
import type { ObservedExchange } from '../../../src/http/http-client.ts';
import type { Failure, Result } from '../../../src/ports/failure.ts';
import type { IssuedToken } from '../../../src/ports/token-vault.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { crmComNetflixFactory } from '../../../src/vendors/crmcom-netflix/factory.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/crmcom-netflix/limits.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { NOW, type World } from '../../simulators/crmcom-netflix/world.ts';

export interface Opened {
  readonly adapter: VendorAdapter;
  readonly clock: ManualClock;
  /** Tokens that were handed over, by the Secret they belong into. */
  readonly deposits: { readonly secret: TokenSecret; readonly token: IssuedToken }[];
  /** What a log would show of each request. */
  readonly exchanges: ObservedExchange[];
}

export interface Opening {
  readonly credentials?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
  readonly identity?: Readonly<Record<string, string>>;
}

export const NICOSIA = { timeZone: 'Asia/Nicosia', addressFormat: 'CrmCom' } as const;

/** Our adapter at a simulated installation, by the user of its world. */
export function openAt(world: Pick<World, 'url' | 'user'>, opening: Opening = {}): Opened {
  const clock = manualClock(NOW);
  const deposits: Opened['deposits'][number][] = [];
  const exchanges: ObservedExchange[] = [];
  const { username, password, organisation } = world.user;
  const opened = crmComNetflixFactory({
    clock,
    observe: (exchange) => exchanges.push(exchange),
    vault: {
      deposit: (secret, token) => {
        deposits.push({ secret, token });
        return Promise.resolve();
      },
    },
  }).open({
    endpoint: world.url,
    identity: opening.identity ?? { organisation },
    options: opening.options ?? NICOSIA,
    credentials: opening.credentials ?? { username, password },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000 },
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return { adapter: opened.value, clock, deposits, exchanges };
}

export function valueOf<T>(result: Result<T> | undefined): T {
  if (result === undefined) throw new Error('the adapter cannot do this');
  if (!result.ok) throw new Error(`${result.failure.kind} ${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

export function failureOf(result: Result<unknown> | undefined): Failure {
  if (result === undefined || result.ok) throw new Error('it did not fail');
  return result.failure;
}
