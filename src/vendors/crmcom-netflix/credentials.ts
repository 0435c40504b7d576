import { failed, ok, type Result } from '../../ports/failure.ts';

/** How an account logs in: as a user (fact sheet 2.1), or with a Web API key (2.2). Never logged. */
export type Credentials =
  | { readonly is: 'user'; readonly username: string; readonly password: string }
  | { readonly is: 'webApiKey'; readonly key: string };

/**
 * The credentials in the Secret: the keys `username` and `password`, or `webApiKey`. Fails with `rejected` and a
 * message that names what is missing, never what is there. A line end behind a value is a slip of the editor.
 */
export function parseCredentials(secret: Readonly<Record<string, string>>): Result<Credentials> {
  const value = (name: string): string => (secret[name] ?? '').replace(/\r?\n$/, '');
  const [username, password, key] = [value('username'), value('password'), value('webApiKey')];
  const isUser = username !== '' || password !== '';
  if (isUser && key !== '') {
    return refuse('the credentials Secret has username and password and also webApiKey; keep one of the two');
  }
  if (key !== '') return ok({ is: 'webApiKey', key });
  if (username === '') return refuse('the credentials Secret has neither the key username nor webApiKey');
  if (password === '') return refuse('the credentials Secret has no key password');
  return ok({ is: 'user', username, password });
}

function refuse(message: string): Result<Credentials> {
  return failed({ kind: 'rejected', code: 'INVALID_CREDENTIALS', message });
}
