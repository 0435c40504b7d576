import { createHmac } from 'node:crypto';

/** What a token says about its bearer (fact sheet 2.4). */
export interface Claims {
  readonly usr: string;
  readonly org: string;
  readonly oun: string;
  /** Epoch seconds, as a string: so the vendor writes them. */
  readonly exp: string;
  readonly iat: string;
  readonly jti: string;
}

/** An HS256 JWT with the vendor's header and the vendor's order of claims. */
export function signJwt({ usr, org, oun, exp, iat, jti }: Claims, secret: string): string {
  const header = { typ: 'JWT', alg: 'HS256' };
  const signed = `${encoded(header)}.${encoded({ usr, org, oun, exp, iat, jti })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
