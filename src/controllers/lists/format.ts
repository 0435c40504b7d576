import type { ItemFailure, ItemKey, KindTypes } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { Columns, CsvEntry } from './csv.ts';

/** What an entry of a list declares, or what is wrong with it. */
export type ParsedEntry<T extends KindTypes> =
  | {
      readonly ok: true;
      /** In canonical form. */
      readonly item: DeclaredItem<T>;
      /** Every key it may be known by: entries of one resource that share any are one and the same item. */
      readonly keys: readonly ItemKey[];
    }
  | { readonly ok: false; readonly failure: ItemFailure };

/** How the lists of one kind of resource are written: all in which the kinds differ. */
export interface ListFormat<T extends KindTypes, Column extends string> {
  /** An inline entry has fields of the same names. */
  readonly columns: Columns<Column>;
  parse(entry: CsvEntry<Column>): ParsedEntry<T>;
  /** How an entry, right or wrong, or a parsed one, is named to people, for example `imei:490154203237518`. */
  describe(entry: CsvEntry<Column> | T['subject']): string;
  /** What is said of an entry that names an item once more. */
  readonly duplicate: string;
}
