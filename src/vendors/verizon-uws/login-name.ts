import { createHash, scrypt } from 'node:crypto';
import { canonicalEndpoint } from '../../domain/endpoint.ts';
import type { LogInRequest } from './wire.ts';

/** Which login it is, wherever its password stands: 12 characters of `[0-9a-f]`. Verizon counts by it. */
export function loginName(endpoint: string, { username }: LogInRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(['VerizonUws', canonicalEndpoint(endpoint), username]))
    .digest('hex')
    .slice(0, 12);
}

/** So few that who reads them and guesses passwords is left with one guess in 65,536 that fit, and none the wiser. */
const MARK_BYTES = 2;

/**
 * Tells one password from another, and nothing of either: 4 characters of `[0-9a-f]`, slow to compute (some 50 ms, on
 * another thread). One changed password in 65,536 is taken for the one before it, which a person can mend.
 */
export function credentialsMark(login: string, { password }: LogInRequest): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  scrypt(password, `vendorplane ${login}`, MARK_BYTES, (error, mark) => {
    if (error === null) resolve(mark.toString('hex'));
    else reject(error);
  });
  return promise;
}
