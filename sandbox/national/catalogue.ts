import { catalogueItemOn, type CatalogueItem } from '../../domain/benefits/catalogue';
import type { Db } from './store';

/** The version of a catalogue item in force on a day, or undefined. */
export function itemOn(view: Db, medListCodg: string, date: string): CatalogueItem | undefined {
  return catalogueItemOn(versionsOf(view, medListCodg), medListCodg, date);
}

/** Whether the code was ever in the catalogue. */
export function isKnownCode(view: Db, medListCodg: string): boolean {
  return versionsOf(view, medListCodg).length > 0;
}

function versionsOf(view: Db, medListCodg: string): CatalogueItem[] {
  return view
    .prepare<[string], { detail: string }>('SELECT detail FROM catalogue WHERE med_list_codg = ? ORDER BY begndate')
    .all(medListCodg)
    .map((row) => JSON.parse(row.detail) as CatalogueItem);
}
