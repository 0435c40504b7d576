/**
 * Amounts come as 32-bit floats widened to doubles: 5.99 is sent as 5.989999771118164 (fact sheet 7). They are
 * turned into integers of the currency's smallest unit at once, and never added or compared before.
 */

/** Why an amount must not be billed before a person has looked at it. */
export type AmountDoubt = 'UnknownCurrency' | 'AmountTooLarge' | 'AmountNotExact' | 'AmountNegative';

export type ReadAmount =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly doubt: AmountDoubt };

/** ISO 4217: currencies by the number of decimals of their smallest unit. */
const DECIMALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
      CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
      IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
      MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD
      SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER
      ZAR ZMW ZWG`,
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  }).flatMap(([decimals, codes]) => codes.split(/\s+/).map((code) => [code, Number(decimals)] as const)),
);

/** Up to here 32-bit floats tell neighbouring amounts apart, by decimals (fact sheet 7 for 2 and 3; same arithmetic). */
const LARGEST_EXACT: Readonly<Record<number, number>> = { 0: 2 ** 24, 2: 2 ** 17, 3: 2 ** 14, 4: 2 ** 10 };

/** An amount in minor units, or why it cannot be trusted. */
export function readAmount(amount: number, currency: string): ReadAmount {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) return { ok: false, doubt: 'UnknownCurrency' };
  if (amount < 0) return { ok: false, doubt: 'AmountNegative' };
  if (amount > (LARGEST_EXACT[decimals] ?? 0)) return { ok: false, doubt: 'AmountTooLarge' };
  const unit = 10 ** decimals;
  const minor = Math.round(amount * unit);
  // More decimals than the currency has: the number is not what somebody meant.
  if (Math.fround(minor / unit) !== Math.fround(amount)) return { ok: false, doubt: 'AmountNotExact' };
  return { ok: true, minor };
}
