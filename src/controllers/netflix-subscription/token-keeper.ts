import type { TokenSecret } from '../../domain/subscription/facts.ts';
import type { Result } from '../../ports/failure.ts';
import type { IssuedToken, TokenVault } from '../../ports/token-vault.ts';

/** Writes a token into its Secret. */
export type WriteToken = (
  secret: TokenSecret,
  token: IssuedToken,
  signal: AbortSignal,
) => Promise<Result<unknown>>;

/** A token, and whether it is in its Secret for certain. */
interface Kept {
  readonly token: IssuedToken;
  readonly written: boolean;
}

/** Tokens between the reply that yielded them and the record that they are in their Secrets. In memory only. */
export interface TokenKeeper extends TokenVault {
  /** From now on a deposited token is written at once, too. */
  writeWith(write: WriteToken): void;
  tokenFor(secret: TokenSecret): Kept | undefined;
  forget(secret: TokenSecret): void;
}

export function createTokenKeeper(): TokenKeeper {
  const kept = new Map<string, Kept>();
  const nameOf = ({ namespace, name }: TokenSecret): string => `${namespace}/${name}`;
  let write: WriteToken | undefined;
  return {
    writeWith: (next) => {
      write = next;
    },
    deposit: async (secret, token, signal) => {
      kept.set(nameOf(secret), { token, written: false });
      const written = await write?.(secret, token, signal);
      // What failed is written again by the store, as often as it takes.
      if (written?.ok === true) kept.set(nameOf(secret), { token, written: true });
    },
    tokenFor: (secret) => kept.get(nameOf(secret)),
    forget: (secret) => {
      kept.delete(nameOf(secret));
    },
  };
}
