/** Values that were handed out last; more would keep what nobody holds any more. ASSUMED: claims and orders of a fleet. */
const MOST_KNOWN = 4_096;

/**
 * Hands out one and the same object for plain values that are equal, so that a million items hold references and not
 * copies. A value that was not asked for in a long time may come out as a second object: equal, never wrong.
 */
export function createPool<Value>(): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const text = JSON.stringify(value);
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, value);
    return value;
  };
}
