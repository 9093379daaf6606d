import { In, type EntityManager } from 'typeorm';
import { namesOf } from '../../activities/documents/people';
import { DOCUMENT_KINDS } from '../../domain/documents/kinds';
import { verifyAddress } from '../../domain/documents/number';
import { DocumentPrint, type PrintedDocument } from '../../store/entities';
import { integerOf } from '../../store/columns';

/** Documents as lists show them, without their content; `publicUrl` stands before the address of their verification. */
export async function viewDocuments(manager: EntityManager, rows: readonly PrintedDocument[], publicUrl: string | null) {
  const names = await namesOf(manager, rows.flatMap(({ issuedBy, voidedBy }) => [issuedBy, ...(voidedBy === null ? [] : [voidedBy])]));
  const prints = await printsOf(manager, rows.map(({ number }) => number));
  return rows.map((row) => {
    const { number, kind, admdvs, party, period, fund, subject, version, hash, issuedAt, issuedBy, voidedAt, voidedBy, voidReason, replaces } = row;
    return {
      number, kind, kindName: DOCUMENT_KINDS[kind].zh, admdvs, party, period, fund, subject, version, hash, issuedAt,
      issuedBy: names.get(issuedBy) ?? issuedBy, voidedAt, voidedBy: voidedBy === null ? null : (names.get(voidedBy) ?? voidedBy), voidReason, replaces,
      prints: prints.get(number) ?? 0,
      href: `/v1/documents/${number}`,
      verifyUrl: verifyAddress(number, hash, publicUrl),
    };
  });
}

async function printsOf(manager: EntityManager, numbers: readonly string[]): Promise<Map<string, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await manager
    .createQueryBuilder(DocumentPrint, 'print')
    .select('print.number', 'number')
    .addSelect('COUNT(*)', 'prints')
    .where({ number: In([...numbers]) })
    .groupBy('print.number')
    .getRawMany<{ number: string; prints: unknown }>();
  return new Map(rows.map(({ number, prints }) => [number, integerOf(prints)]));
}
