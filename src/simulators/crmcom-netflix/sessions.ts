import type { Random } from '../random.ts';
import type { Account } from './accounts.ts';
import { signJwt } from './jwt.ts';
import type { Choices } from './knobs.ts';
import { JWT_LIFETIME_MS, OPAQUE_IDLE_MS } from './limits.ts';

/** A token and what it stands for. */
export interface Session {
  readonly token: string;
  /** The login it came from: a user's or a key's name. */
  readonly usr: string;
  readonly operatorId: string;
  readonly expiresAtMs: number;
  /** Set for tokens that live on while they are used: every use moves the expiry this far into the future. */
  readonly idleMs: number | null;
}

/** What a login asks for. */
export interface Login {
  readonly account: Account;
  readonly unit: string;
  readonly form: Choices['tokenForm'];
  /** The simulator's time. */
  readonly nowMs: number;
  /** How far the clock that writes `iat` and `exp` is ahead of it. */
  readonly skewMs: number;
}

/** The tokens issued. */
export interface Sessions {
  issue(login: Login): Session;
  /** The session of a good token, its life prolonged where use does that; undefined for any other text. */
  use(token: string, nowMs: number): Session | undefined;
  /** Makes a text a good token: those printed in the vendor's documents, for example. */
  plant(session: Session): void;
  release(token: string): void;
  /** Ends every session of a login. */
  endAllOf(usr: string): void;
  expireAll(): void;
  list(): readonly Session[];
  restore(sessions: readonly Session[]): void;
}

export function createSessions(random: Random): Sessions {
  const secret = random.hex(64);
  let sessions = new Map<string, Session>();

  /** Upper case, as in the vendor's examples. */
  const id = () => random.hex(32).toUpperCase();

  function jwt({ account, unit, nowMs, skewMs }: Login): string {
    const iat = Math.floor((nowMs + skewMs) / 1000);
    const exp = iat + JWT_LIFETIME_MS / 1000;
    const who = { usr: account.name, org: account.organisation, oun: unit };
    return signJwt({ ...who, exp: String(exp), iat: String(iat), jti: id() }, secret);
  }

  return {
    issue(login) {
      const { form, nowMs, account } = login;
      const session: Session = {
        token: form === 'jwt' ? jwt(login) : id(),
        usr: account.name,
        operatorId: account.operatorId,
        expiresAtMs: nowMs + (form === 'jwt' ? JWT_LIFETIME_MS : OPAQUE_IDLE_MS),
        idleMs: form === 'jwt' ? null : OPAQUE_IDLE_MS,
      };
      sessions.set(session.token, session);
      return session;
    },
    use(token, nowMs) {
      const session = sessions.get(token);
      if (session === undefined || nowMs >= session.expiresAtMs) return undefined;
      if (session.idleMs !== null) sessions.set(token, { ...session, expiresAtMs: nowMs + session.idleMs });
      return session;
    },
    plant: (session) => sessions.set(session.token, session),
    release: (token) => sessions.delete(token),
    endAllOf(usr) {
      sessions = new Map([...sessions].filter(([, session]) => session.usr !== usr));
    },
    expireAll: () => sessions.clear(),
    list: () => [...sessions.values()],
    restore(saved) {
      sessions = new Map(saved.map((session) => [session.token, session]));
    },
  };
}
