import { In, IsNull, Like, Not, type EntityManager } from 'typeorm';
import { DOCUMENT_KINDS, DOCUMENT_KIND_KEYS, type DocumentKind } from '../../domain/documents/kinds';
import { missingSerials } from '../../domain/documents/number';
import { DocumentCounter, PrintedDocument } from '../../store/entities';

/** The numbers of one office, kind and year: the last one taken, how many documents stand for them, and which stand for none. */
export interface SerialRange {
  readonly admdvs: string;
  readonly kind: DocumentKind;
  readonly year: number;
  readonly last: number;
  readonly issued: number;
  readonly voided: number;
  /** Serials without a document, the lowest first; there should never be one. */
  readonly missing: readonly number[];
}

/** The serial numbers that offices took, newest year first. */
export async function serialRanges(manager: EntityManager, offices: readonly string[]): Promise<SerialRange[]> {
  if (offices.length === 0) return [];
  const counters = await manager.find(DocumentCounter, { where: { admdvs: In([...offices]) }, order: { year: 'DESC', admdvs: 'ASC', letters: 'ASC' } });
  const ranges: SerialRange[] = [];
  for (const { admdvs, letters, year, serial: last } of counters) {
    const kind = DOCUMENT_KIND_KEYS.find((key) => DOCUMENT_KINDS[key].letters === letters);
    if (!kind) throw new Error(`a counter of no kind: ${admdvs} ${letters}`);
    const where = { admdvs, kind, number: Like(`${admdvs}-${letters}-${year}%`) };
    const issued = await manager.countBy(PrintedDocument, where);
    const voided = await manager.countBy(PrintedDocument, { ...where, voidedAt: Not(IsNull()) });
    // As many as were numbered, each number once: then none is missing, and the numbers need not be read.
    const numbers = issued === last ? null : (await manager.find(PrintedDocument, { where, select: { number: true } })).map(({ number }) => number);
    ranges.push({ admdvs, kind, year, last, issued, voided, missing: numbers === null ? [] : missingSerials(numbers, last) });
  }
  return ranges;
}
