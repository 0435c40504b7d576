import { describe, expect, test } from 'vitest';
import { createTokenKeeper } from '../../../src/controllers/netflix-subscription/token-keeper.ts';
import type { TokenSecrets } from '../../../src/controllers/netflix-subscription/token-secret.ts';
import { tokenStore } from '../../../src/controllers/netflix-subscription/token-store.ts';
import type {
  RecordedSubscription,
  SubscriptionTypes,
  TokenSecret,
} from '../../../src/domain/subscription/facts.ts';
import { type Failure, failed, ok } from '../../../src/ports/failure.ts';
import type { Stored } from '../../../src/ports/item-store.ts';
import type { IssuedToken } from '../../../src/ports/token-vault.ts';

const { signal } = new AbortController();
const HOLDER = 'NetflixSubscription/tv/ann';
const SECRET: TokenSecret = { holder: HOLDER, namespace: 'tv', name: 'ann-token', uid: 'u' };
const TOKEN: IssuedToken = { subscriptionNumber: 'S1', value: 'secret', expiresAtMs: 5_000 };
const DOWN: Failure = { kind: 'transient', code: 'HTTP_503', message: 'the API server is not there' };
const ISSUED: RecordedSubscription = {
  holder: HOLDER,
  releasePolicy: 'Keep',
  registered: false,
  action: 'create',
  token: { is: 'issued', secret: SECRET },
};

/** Secrets in memory; `state.failing` makes writes fail. */
function memorySecrets() {
  const state: { failing: Failure | undefined; content: IssuedToken | undefined; writes: number } = {
    failing: undefined,
    content: undefined,
    writes: 0,
  };
  const secrets: TokenSecrets = {
    prepare: async () => {
      if (state.failing !== undefined) return failed(state.failing);
      state.content = undefined;
      return ok(SECRET);
    },
    fill: async (_secret, token) => {
      if (state.failing !== undefined) return failed(state.failing);
      state.writes += 1;
      state.content = token;
      return ok(undefined);
    },
    look: async () => ok(state.content),
  };
  return { state, secrets };
}

function world() {
  const { state, secrets } = memorySecrets();
  const keeper = createTokenKeeper();
  keeper.writeWith((secret, token, until) => secrets.fill(secret, token, until));
  const store = tokenStore(secrets, keeper);
  const storeOne = async (
    recorded?: RecordedSubscription,
  ): Promise<Stored<SubscriptionTypes> | undefined> => {
    const stored = await store.store(
      [
        {
          key: 'customer:ann',
          subject: { customer: 'ann' },
          holder: HOLDER,
          desired: {
            state: 'Active',
            recreateAfterCancel: false,
            releasePolicy: 'Keep',
            tokenSecretName: 'ann-token',
            registration: {},
          },
          observed: { is: 'absent', atMs: 1 },
          ...(recorded === undefined ? {} : { recorded }),
        },
      ],
      signal,
    );
    return stored.ok ? stored.value[0] : undefined;
  };
  return { state, keeper, storeOne };
}

describe('the store of tokens', () => {
  test('makes the empty Secret before a creation, and its receipt becomes the record', async () => {
    expect(await world().storeOne()).toMatchObject({
      record: { holder: HOLDER, registered: false, token: { is: 'awaited', secret: SECRET } },
    });
  });

  test('records a token that was written when its reply came, without writing it again', async () => {
    const { state, keeper, storeOne } = world();
    await keeper.deposit(SECRET, TOKEN, signal);
    expect(await storeOne(ISSUED)).toMatchObject({
      record: { number: 'S1', token: { is: 'stored', expiresAtMs: 5_000 } },
    });
    expect(state.writes).toBe(1);
    expect(keeper.tokenFor(SECRET)).toBeUndefined();
  });

  test('keeps a token that cannot be written, and writes it as soon as it can', async () => {
    const { state, keeper, storeOne } = world();
    state.failing = DOWN;
    await keeper.deposit(SECRET, TOKEN, signal);
    expect(await storeOne(ISSUED)).toMatchObject({ failure: { code: 'TOKEN_NOT_STORED', kind: 'passing' } });
    expect(keeper.tokenFor(SECRET)?.token).toEqual(TOKEN);
    state.failing = undefined;
    expect(await storeOne(ISSUED)).toMatchObject({ record: { token: { is: 'stored' } } });
    expect(state.content).toEqual(TOKEN);
  });

  test('finds a token of before the restart in its Secret', async () => {
    const { state, storeOne } = world();
    state.content = TOKEN;
    expect(await storeOne(ISSUED)).toMatchObject({ record: { number: 'S1', token: { is: 'stored' } } });
  });

  test('says that a token is lost when neither memory nor Secret has it', async () => {
    expect(await world().storeOne(ISSUED)).toMatchObject({ record: { token: { is: 'lost' } } });
  });

  test('says nothing of the token in a failure', async () => {
    const { state, keeper, storeOne } = world();
    state.failing = DOWN;
    await keeper.deposit(SECRET, TOKEN, signal);
    expect(JSON.stringify(await storeOne(ISSUED))).not.toContain(TOKEN.value);
  });
});
