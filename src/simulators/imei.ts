/** 15 digits of which the last is the Luhn check digit over the first 14, as the GSMA has it. */
export function isImei(text: string): boolean {
  return /^\d{15}$/.test(text) && luhnDigit(text.slice(0, 14)) === Number(text[14]);
}

/** Type allocation code of counted IMEIs: 35 is a real reporting body, the rest is counted. */
const COUNTED_PREFIX = '35';

/** The n-th of a row of valid IMEIs, counted from 0. */
export function countedImei(n: number): string {
  const body = COUNTED_PREFIX + String(n).padStart(12, '0');
  return `${body}${luhnDigit(body)}`;
}

/** The Luhn check digit that belongs behind the digits. */
function luhnDigit(body: string): number {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, index) => {
      const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10;
}
