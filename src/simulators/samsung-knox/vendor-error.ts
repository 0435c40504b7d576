import { type CodeName, nameOf } from './codes.ts';

/** A refusal by one of the vendor's codes (3.6). */
export class VendorError extends Error {
  readonly status: number;
  readonly codeName: CodeName;

  constructor(status: number, codeName: CodeName) {
    super(nameOf(codeName));
    this.name = 'VendorError';
    this.status = status;
    this.codeName = codeName;
  }
}

/** A refusal whose body has a shape of its own: logins, stale tokens, too many requests. */
export class ShapedError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`HTTP ${status}`);
    this.name = 'ShapedError';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A request the vendor does not understand. */
export function invalidParam(): VendorError {
  return new VendorError(400, 'RESOURCE_INVALID_PARAM');
}
