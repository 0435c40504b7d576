import type { Random } from '../random.ts';

/** A session. It ends when it is idle for too long; every call renews it (fact sheet 3). */
export interface Session {
  /** A GUID. */
  readonly token: string;
  readonly username: string;
  lastUsedAtMs: number;
}

/** What a token is good for. */
export type SessionVerdict =
  | { readonly is: 'good'; readonly session: Session }
  | { readonly is: 'expired' | 'unknown' };

/** The sessions. */
export interface Sessions {
  /** @param token a GUID; by default a new one. */
  open(username: string, nowMs: number, token?: string): Session;
  /** Judges a token; a good one is renewed. */
  use(token: string, nowMs: number): SessionVerdict;
  /** Ends the session; its token is unknown from now on. */
  close(token: string): void;
  /** Ends every session of the user. */
  closeAllOf(username: string): void;
  /** Every session open now counts as expired. */
  expireAll(): void;
  list(): readonly Session[];
}

export function createSessions(random: Random, idleMs: number, sessions: readonly Session[] = []): Sessions {
  const byToken = new Map(sessions.map((session) => [session.token, session]));
  return {
    open(username, nowMs, token = guid(random)) {
      const session = { token, username, lastUsedAtMs: nowMs };
      byToken.set(token, session);
      return session;
    },
    use(token, nowMs) {
      const session = byToken.get(token.toLowerCase());
      if (session === undefined) return { is: 'unknown' };
      if (nowMs - session.lastUsedAtMs > idleMs) return { is: 'expired' };
      session.lastUsedAtMs = nowMs;
      return { is: 'good', session };
    },
    close: (token) => void byToken.delete(token),
    closeAllOf(username) {
      for (const session of byToken.values())
        if (session.username === username) byToken.delete(session.token);
    },
    expireAll() {
      for (const session of byToken.values()) session.lastUsedAtMs = 0;
    },
    list: () => [...byToken.values()],
  };
}

/** A version 4 GUID (RFC 9562, 5.4) from the seeded stream. */
export function guid(random: Random): string {
  const variant = '89ab'[random.integer(4)] as string;
  return [random.hex(8), random.hex(4), `4${random.hex(3)}`, variant + random.hex(3), random.hex(12)].join(
    '-',
  );
}
