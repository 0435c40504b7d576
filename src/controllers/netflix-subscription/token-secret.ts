import type { TokenSecret } from '../../domain/subscription/facts.ts';
import type { KubeClient } from '../../kube/client.ts';
import { SECRETS, type Secret } from '../../kube/resource.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { IssuedToken } from '../../ports/token-vault.ts';

/** Names the NetflixSubscription that a Secret was made for; a Secret without it is a person's own. */
const MADE_FOR = 'vendorplane.dev/token-of';

/** What stands in a token's Secret, as texts: the token, the number of its subscription, and when the token ends. */
const KEYS = { token: 'token', number: 'subscriptionNumber', expiresAt: 'expiresAt' } as const;

/** The Secrets of one-time tokens. */
export interface TokenSecrets {
  /**
   * The empty Secret for a token that is about to be issued: made, or emptied of an earlier token of the same
   * subscription. Fails with `conflict` where a person's own Secret with content stands.
   */
  prepare(holder: string, namespace: string, name: string, signal: AbortSignal): Promise<Result<TokenSecret>>;
  /** Writes a token into its Secret; makes it anew where it was deleted meanwhile. */
  fill(secret: TokenSecret, token: IssuedToken, signal: AbortSignal): Promise<Result<unknown>>;
  /** The token that stands in it by now, without its value; undefined when there is none. */
  look(secret: TokenSecret, signal: AbortSignal): Promise<Result<Omit<IssuedToken, 'value'> | undefined>>;
}

export function createTokenSecrets(client: KubeClient): TokenSecrets {
  async function find(
    { namespace, name }: Pick<TokenSecret, 'namespace' | 'name'>,
    signal: AbortSignal,
  ): Promise<Result<Secret | undefined>> {
    const found = await client.get(SECRETS, { namespace, name }, signal);
    if (found.ok) return found;
    return found.failure.kind === 'notFound' ? ok(undefined) : found;
  }

  /** Creates it, or replaces exactly what was read. */
  function write(
    holder: string,
    { namespace, name }: Pick<TokenSecret, 'namespace' | 'name'>,
    before: Secret | undefined,
    data: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<Secret>> {
    const annotations = { ...before?.metadata.annotations, [MADE_FOR]: holder };
    if (before === undefined) {
      return client.create(
        SECRETS,
        { metadata: { namespace, name, annotations }, type: 'Opaque', data },
        signal,
      );
    }
    return client.replace(
      SECRETS,
      { ...before, metadata: { ...before.metadata, annotations }, data },
      signal,
    );
  }

  return {
    prepare: async (holder, namespace, name, signal) => {
      const before = await find({ namespace, name }, signal);
      if (!before.ok) return before;
      if (isForeign(before.value, holder)) return failed(inUse(name));
      const made = await write(holder, { namespace, name }, before.value, {}, signal);
      return made.ok ? ok({ holder, namespace, name, uid: made.value.metadata.uid ?? '' }) : made;
    },
    fill: async (secret, token, signal) => {
      const before = await find(secret, signal);
      if (!before.ok) return before;
      if (isForeign(before.value, secret.holder)) return failed(inUse(secret.name));
      return await write(secret.holder, secret, before.value, dataOf(token), signal);
    },
    look: async (secret, signal) => {
      const found = await find(secret, signal);
      if (!found.ok) return found;
      return ok(isForeign(found.value, secret.holder) ? undefined : tokenIn(found.value));
    },
  };
}

/** Somebody else's content is never replaced. */
function isForeign(secret: Secret | undefined, holder: string): boolean {
  if (secret === undefined || Object.keys(secret.data ?? {}).length === 0) return false;
  return secret.metadata.annotations?.[MADE_FOR] !== holder;
}

function inUse(name: string): Failure {
  return {
    kind: 'conflict',
    code: 'SECRET_IN_USE',
    message: `Secret ${name} holds something that is not this subscription's token; name another one in tokenSecretRef`,
  };
}

function dataOf({ value, subscriptionNumber, expiresAtMs }: IssuedToken): Readonly<Record<string, string>> {
  const texts = {
    [KEYS.token]: value,
    [KEYS.number]: subscriptionNumber,
    ...(expiresAtMs === undefined ? {} : { [KEYS.expiresAt]: new Date(expiresAtMs).toISOString() }),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  );
}

function tokenIn(secret: Secret | undefined): Omit<IssuedToken, 'value'> | undefined {
  const text = (key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
  if (text(KEYS.token) === '') return undefined;
  const expiresAtMs = Date.parse(text(KEYS.expiresAt));
  return {
    subscriptionNumber: text(KEYS.number),
    ...(Number.isNaN(expiresAtMs) ? {} : { expiresAtMs }),
  };
}
