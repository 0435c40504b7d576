/** Who is told about the outcome of requests. */
export interface Registration {
  readonly accountName: string;
  readonly serviceName: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** The registrations: one for each service and account; a new one displaces the old (fact sheet 8). */
export interface CallbackBook {
  find(accountName: string, serviceName: string): Registration | undefined;
  put(registration: Registration): void;
  /** Whether there was one. */
  remove(accountName: string, serviceName: string): boolean;
  list(): readonly Registration[];
}

export function createCallbackBook(registrations: readonly Registration[] = []): CallbackBook {
  const keyOf = (accountName: string, serviceName: string) => `${accountName} ${serviceName}`;
  const book = new Map(registrations.map((entry) => [keyOf(entry.accountName, entry.serviceName), entry]));
  return {
    find: (accountName, serviceName) => book.get(keyOf(accountName, serviceName)),
    put: (entry) => void book.set(keyOf(entry.accountName, entry.serviceName), entry),
    remove: (accountName, serviceName) => book.delete(keyOf(accountName, serviceName)),
    list: () => [...book.values()],
  };
}
