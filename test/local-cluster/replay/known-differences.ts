/** Steps that are answered otherwise than recorded, and why. By transcript, then by the name of the step. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
