/** A text that is not the XML this parser reads. */
export class XmlError extends Error {
  constructor(message: string, at: number) {
    super(`${message} at character ${at}`);
    this.name = 'XmlError';
  }
}

/** Walks over a text from its beginning to its end. Expressions must be sticky. */
export interface Scanner {
  /** The match at this place, stepped over; undefined leaves the place as it is. */
  take(expression: RegExp): RegExpExecArray | undefined;
  /** The match at this place, stepped over; throws XmlError when there is none. */
  expect(expression: RegExp, what: string): RegExpExecArray;
  atEnd(): boolean;
  fail(message: string): never;
}

export function createScanner(text: string): Scanner {
  let position = 0;

  function take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = position;
    const match = expression.exec(text);
    if (match === null) return undefined;
    position += match[0].length;
    return match;
  }

  function fail(message: string): never {
    throw new XmlError(message, position);
  }

  return {
    take,
    expect: (expression, what) => take(expression) ?? fail(`${what} expected`),
    atEnd: () => position === text.length,
    fail,
  };
}
