import { failed, ok, type Result } from '../../ports/failure.ts';
import { encode, logInMessage } from './codec.ts';
import type { LogInRequest } from './wire.ts';

/**
 * The login in the credentials Secret: the keys `username` and `password`. Fails with `rejected` and a message that
 * names what is missing, or what Verizon would refuse for its characters; never what is there.
 */
export function parseCredentials(secret: Readonly<Record<string, string>>): Result<LogInRequest> {
  const { username, password } = secret;
  for (const [key, value] of Object.entries({ username, password })) {
    if (value === undefined || value === '') return refuse(`the credentials Secret has no key ${key}`);
    if (/[\r\n]/.test(value)) {
      return refuse(`the key ${key} of the credentials Secret has a line break; make the Secret without one`);
    }
  }
  const credentials = { username: username ?? '', password: password ?? '' };
  const written = encode(logInMessage(credentials));
  return written.ok ? ok(credentials) : written;
}

function refuse(message: string): Result<LogInRequest> {
  return failed({ kind: 'rejected', code: 'INVALID_CREDENTIALS', message });
}
