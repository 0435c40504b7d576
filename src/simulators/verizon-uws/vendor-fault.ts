/**
 * Codes without the prefix of the service, and when they come (fact sheet 3 and 10). Those marked ASSUMED are our
 * words for a case whose code nobody has published.
 */
export const CODES = {
  invalidCharacter: 'INPUT_INVALID.Request.InvalidCharacter',
  requestUndefined: 'INPUT_INVALID.RequestUndefined',
  deserializationFailed: 'DeserializationFailed',
  unexpectedError: 'REQUEST_FAILED.UnexpectedError',
  tokenExpired: 'REQUEST_FAILED.SessionToken.Expired',
  tokenMissing: 'REQUEST_FAILED.SessionToken.Format',
  tokenInvalid: 'INPUT_INVALID.SessionToken.Invalid',
  accountNotDefined: 'INPUT_INVALID.Account.NotDefined',
  accountForbidden: 'REQUEST_FAILED.AccountName',
  accountNotFound: 'REQUEST_FAILED.AccountNotFound',
  noAccounts: 'REQUEST_FAILED.NoAccounts',
  kindInvalid: 'INPUT_INVALID.Device.Kind.Invalid',
  identifierInvalid: 'INPUT_INVALID.Device.Identifier.Invalid',
  deviceNotFound: 'REQUEST_FAILED.DeviceNotFound',
  numberOfDevices: 'INPUT_INVALID.NumberofDevices',
  maxRequestsExceeded: 'INPUT_INVALID.MaxRequestsExceeded',
  stateInvalid: 'INPUT_INVALID.DeviceState.Invalid',
  alreadyActive: 'REQUEST_FAILED.DeviceAlreadyActive',
  /** ASSUMED. */
  badCredentials: 'INPUT_INVALID.Credentials.Invalid',
  /** ASSUMED. */
  accountLocked: 'REQUEST_FAILED.User.Locked',
  /** ASSUMED. */
  actionNotSupported: 'ActionNotSupported',
} as const;

/** A refusal of the whole call. */
export class VendorFault extends Error {
  readonly code: string;
  /** Real milliseconds that pass before the fault is sent. */
  readonly afterMs: number;

  constructor(code: (typeof CODES)[keyof typeof CODES], message: string, afterMs = 0) {
    super(message);
    this.name = 'VendorFault';
    this.code = code;
    this.afterMs = afterMs;
  }
}

/** A message the service cannot read: a missing element, a wrong one, or the wrong order (1). */
export function unreadable(message: string): VendorFault {
  return new VendorFault(CODES.deserializationFailed, message);
}
