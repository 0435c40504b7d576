/** Asks the admin face of a simulator. `path` begins with a slash; throws on what is refused. */
export type AskAdmin = (method: string, path: string, body?: object) => Promise<unknown>;

/** The admin face of a running simulator. */
export function adminFace({ adminUrl }: { readonly adminUrl: string }): AskAdmin {
  return async (method, path, body) => {
    const reply = await fetch(`${adminUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}
