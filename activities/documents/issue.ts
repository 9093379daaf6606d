import { In, type EntityManager } from 'typeorm';
import { formatDate, yearOf } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { buildDocument } from '../../domain/documents/build';
import type { DocumentData, FrozenDocument } from '../../domain/documents/data';
import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/documents/kinds';
import { serialNumber } from '../../domain/documents/number';
import { canonical } from '../../domain/office-case/canonical';
import { hashOf } from '../../domain/office-case/digest';
import { isRefusal, refusal } from '../../domain/refusal';
import { DocumentCounter, PrintedDocument } from '../../store/entities';
import { holdCounter, setCounter } from '../../store/serial';

/** A document to be issued. `subject` says what it is about: one live document a kind and subject. */
export interface NewDocument<Kind extends DocumentKind = DocumentKind> {
  readonly kind: Kind;
  /** Office that issues it, and the other office that may read it. */
  readonly admdvs: string;
  readonly party: string | null;
  readonly period: string | null;
  readonly caseId: string | null;
  readonly subject: string;
  readonly data: DocumentData[Kind];
}

export type AnyNewDocument = { [Kind in DocumentKind]: NewDocument<Kind> }[DocumentKind];

/** Who issues and when (epoch ms). */
export interface Issuing {
  readonly by: string;
  readonly at: number;
}

/**
 * Issues one document in the caller's transaction, so that what it is about and its number stand or fall together. Returns
 * the live one when the same is issued again; DOCUMENT_STANDS when a live one of that subject says something else. One that
 * follows void ones is the next version and names the last. Throws RangeError for data that do not add up.
 */
export async function issueDocument(manager: EntityManager, document: AnyNewDocument, issuing: Issuing): Promise<PrintedDocument | Refusal> {
  const issued = await issueDocuments(manager, [document], issuing);
  if (isRefusal(issued)) return issued;
  const [only] = issued;
  if (!only) throw new Error(`nothing was issued for ${document.kind} ${document.subject}`);
  return only;
}

/** Issues several, as `issueDocument`; counters are held in one order, so that two transactions never wait for each other. */
export async function issueDocuments(manager: EntityManager, documents: readonly AnyNewDocument[], issuing: Issuing): Promise<PrintedDocument[] | Refusal> {
  const issued: PrintedDocument[] = [];
  const counters = [...new Set(documents.map(({ admdvs, kind }) => `${admdvs} ${kind}`))].sort();
  for (const counter of counters) {
    const own = documents.filter(({ admdvs, kind }) => `${admdvs} ${kind}` === counter);
    const rows = await issueOfOneCounter(manager, own, issuing);
    if (isRefusal(rows)) return rows;
    issued.push(...rows);
  }
  return issued;
}

const AT_ONCE = 100;

async function issueOfOneCounter(manager: EntityManager, documents: readonly AnyNewDocument[], { by, at }: Issuing): Promise<PrintedDocument[] | Refusal> {
  const [first] = documents;
  if (!first) return [];
  const { admdvs, kind } = first;
  const { letters } = DOCUMENT_KINDS[kind];
  const key = { admdvs, letters, year: yearOf(formatDate(at)) };
  const held = await holdCounter(manager, DocumentCounter, key, 'serial');
  let serial = held;
  const standing: PrintedDocument[] = [];
  const fresh: PrintedDocument[] = [];
  // What stands is looked at only once the counter is held: nobody else issues this kind meanwhile.
  for (const part of parts(documents)) {
    const latest = await latestOf(manager, kind, part.map(({ subject }) => subject));
    for (const document of part) {
      const last = latest.get(document.subject);
      if (last && last.voidedAt === null) {
        if (canonical(last.data) !== canonical(document.data)) return refusal('DOCUMENT_STANDS', `${last.number} 内容不同，须先作废。`);
        standing.push(last);
        continue;
      }
      serial += 1;
      fresh.push(rowOf(document, { number: serialNumber(admdvs, letters, at, serial), version: (last?.version ?? 0) + 1, replaces: last?.number ?? null, by, at }));
    }
  }
  for (const part of parts(fresh)) await manager.insert(PrintedDocument, [...part]);
  if (serial > held) await setCounter(manager, DocumentCounter, key, 'serial', serial);
  return [...standing, ...fresh];
}

function parts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}

/** The last version of each subject. */
async function latestOf(manager: EntityManager, kind: DocumentKind, subjects: readonly string[]): Promise<Map<string, PrintedDocument>> {
  const rows = await manager.find(PrintedDocument, { where: { kind, subject: In([...subjects]) }, order: { version: 'ASC' } });
  return new Map(rows.map((row) => [row.subject, row]));
}

interface Numbered {
  readonly number: string;
  readonly version: number;
  readonly replaces: string | null;
  readonly by: string;
  readonly at: number;
}

function rowOf(document: AnyNewDocument, { number, version, replaces, by, at }: Numbered): PrintedDocument {
  const { kind, admdvs, party, period, caseId, subject, data } = document;
  // A document that does not add up must not get a number: the form itself is the check.
  const { fund } = buildDocument({ kind, data } as FrozenDocument, { number: null }, { at, by, no: null });
  const row = { number, kind, admdvs, party, period, fund, caseId, subject, version, liveKey: liveKeyOf(kind, subject), data, issuedAt: at, issuedBy: by, voidedAt: null, voidedBy: null, voidReason: null, replaces };
  return { ...row, hash: documentHash(row) };
}

export function liveKeyOf(kind: DocumentKind, subject: string): string {
  return `${kind}/${subject}`;
}

/** SHA-256 of what was frozen: whoever changes the row or the paper changes it. */
export function documentHash(row: Omit<PrintedDocument, 'hash' | 'liveKey' | 'voidedAt' | 'voidedBy' | 'voidReason'>): string {
  const { number, kind, admdvs, party, period, fund, caseId, subject, version, data, issuedAt, issuedBy, replaces } = row;
  return hashOf({ number, kind, admdvs, party, period, fund, caseId, subject, version, data, issuedAt, issuedBy, replaces });
}
