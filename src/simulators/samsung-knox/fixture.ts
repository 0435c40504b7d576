import type { Hardware } from './identifiers.ts';

/** What Samsung knows before any reseller comes. */
export interface Fixture {
  /** Phones whose further identifiers matter: the second IMEI of a dual SIM phone leads to the same serial number. */
  readonly hardware: readonly Omit<Hardware, 'hardwareId'>[];
  /** Identifiers of any kind that Samsung does not recognise as genuine: they end as DEVICE_INVALID (3.7, 8.2). */
  readonly mpts: readonly string[];
}
