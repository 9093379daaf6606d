import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type AnyNewDocument, documentHash, issueDocument, issueDocuments } from '../../activities/documents/issue';
import { recordDocumentPrint } from '../../activities/documents/prints';
import { verifyDocument } from '../../activities/documents/verify';
import { reissueDocument, voidDocument, voidDocumentAbout, voidDocumentsOfCase } from '../../activities/documents/void';
import { isRefusal } from '../../domain/refusal';
import { DocumentCounter, DocumentPrint, PrintedDocument } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { AT, clearingPayable, movedOut, of } from './fixture';

const BY = { by: 'sheng-shenpi-1', at: AT };
const VOID = { ...BY, reason: '金额有误' };

function table(subject: string, data = clearingPayable): AnyNewDocument {
  return { kind: 'clearingPayable', admdvs: '990000', party: '990100', period: '2026-10', caseId: 'case-1', subject, data };
}

onBothDatabases('numbers of documents', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database().openMigrated();
  });

  const issue = (document: AnyNewDocument) => store.write((manager) => issueDocument(manager, document, BY));
  const issued = async (document: AnyNewDocument): Promise<PrintedDocument> => {
    const row = await issue(document);
    if (isRefusal(row)) throw new Error(row.code);
    return row;
  };
  const all = () => store.read((manager) => manager.find(PrintedDocument, { order: { number: 'ASC' } }));
  const serials = async (): Promise<number[]> => (await all()).map(({ number }) => Number(number.slice(-6)));
  const counter = async (): Promise<number | undefined> => (await store.read((manager) => manager.findOneBy(DocumentCounter, { letters: 'YF' })))?.serial;
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

  test('fifty at once: no gap, no double', async () => {
    await Promise.all(upTo(50).map((index) => issue(table(`s/${index}`))));
    expect(await serials()).toEqual(upTo(50));
    expect(await counter()).toBe(50);
  }, 120_000);

  test('the same subject fifty times at once is one document', async () => {
    const rows = await Promise.all(upTo(50).map(() => issued(table('s/1'))));
    expect(new Set(rows.map(({ number }) => number))).toEqual(new Set(['990000-YF-202611-000001']));
    expect(await counter()).toBe(1);
  }, 120_000);

  test('a transaction that fails afterwards leaves no gap', async () => {
    await issue(table('s/1'));
    await expect(store.write(async (manager) => {
      await issueDocuments(manager, [table('s/2'), table('s/3')], BY);
      throw new Error('the operation refused');
    })).rejects.toThrow('the operation refused');
    await issue(table('s/4'));
    expect(await serials()).toEqual([1, 2]);
  });

  test('each office, kind and year counts for itself', async () => {
    const other: AnyNewDocument = { kind: 'movedOut', admdvs: '990000', party: '990100', period: '2026-10', caseId: null, subject: 's', data: movedOut };
    const next = { by: 'u', at: Date.parse('2027-01-04T00:00:00Z') };
    const numbers = await store.write(async (manager) => {
      const first = await issueDocuments(manager, [table('s/1'), other, { ...table('s/2'), admdvs: '980000' }], BY);
      const later = await issueDocuments(manager, [table('s/3')], next);
      return [first, later].flatMap((rows) => (isRefusal(rows) ? [rows.code] : rows.map(({ number }) => number)));
    });
    expect(numbers.sort()).toEqual(['980000-YF-202611-000001', '990000-CY-202611-000001', '990000-YF-202611-000001', '990000-YF-202701-000001']);
  });

  test('what does not add up, and what mixes funds, gets no number', async () => {
    const [row] = clearingPayable.rows;
    await expect(issue(table('s/1', { ...clearingPayable, rows: [{ ...row!, amount: of('employeePool', '1.00') }] }))).rejects.toThrow(RangeError);
    await issue(table('s/2'));
    expect(await serials()).toEqual([1]);
  });

  test('a live document stands: the same is the same, another is refused', async () => {
    const first = await issued(table('s/1'));
    expect(await issued(table('s/1'))).toMatchObject({ number: first.number });
    expect(await issue(table('s/1', { ...clearingPayable, round: 3 }))).toMatchObject({ code: 'DOCUMENT_STANDS' });
    expect(await serials()).toEqual([1]);
  });

  test('a void document keeps its number; the next version names it', async () => {
    const first = await issued(table('s/1'));
    expect(await store.write((manager) => voidDocument(manager, first.number, VOID))).toMatchObject({ voidedBy: 'sheng-shenpi-1' });
    expect(await store.write((manager) => voidDocument(manager, first.number, VOID))).toMatchObject({ code: 'DOCUMENT_VOID' });
    expect(await store.write((manager) => voidDocument(manager, '990000-YF-202611-999999', VOID))).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
    const second = await issued(table('s/1', { ...clearingPayable, round: 3 }));
    expect(second).toMatchObject({ number: '990000-YF-202611-000002', version: 2, replaces: first.number });
    const third = await store.write((manager) => reissueDocument(manager, second.number, VOID));
    expect(third).toMatchObject({ number: '990000-YF-202611-000003', version: 3, replaces: second.number, data: { round: 3 } });
    expect((await all()).map(({ voidedAt, voidReason }) => [voidedAt, voidReason])).toEqual([[AT, '金额有误'], [AT, '金额有误'], [null, null]]);
  });

  test('an effect that is undone voids its documents, and only those', async () => {
    await issue(table('s/1'));
    await issue(table('s/2'));
    await issue({ ...table('s/3'), caseId: 'case-2' });
    expect(await store.write((manager) => voidDocumentAbout(manager, 'clearingPayable', 's/2', VOID))).toBe('990000-YF-202611-000002');
    expect(await store.write((manager) => voidDocumentAbout(manager, 'clearingPayable', 's/9', VOID))).toBeNull();
    expect(await store.write((manager) => voidDocumentsOfCase(manager, 'case-1', VOID))).toEqual(['990000-YF-202611-000001']);
    expect((await all()).map(({ voidedAt }) => voidedAt)).toEqual([AT, AT, null]);
  });

  test('verification: number and hash, and nothing changed since', async () => {
    const row = await issued(table('s/1'));
    const say = async (number: string, hash: string) => (await store.read((manager) => verifyDocument(manager, number, hash))).state;
    expect(documentHash((await all())[0]!)).toBe(row.hash);
    expect(await say(row.number, row.hash)).toBe('genuine');
    expect(await say(row.number, '0'.repeat(64))).toBe('unknown');
    expect(await say('990000-YF-202611-000009', row.hash)).toBe('unknown');
    await store.write((manager) => voidDocument(manager, row.number, VOID));
    expect(await say(row.number, row.hash)).toBe('void');
    await store.write((manager) => manager.update(PrintedDocument, { number: row.number }, { data: { ...clearingPayable, round: 9 } }));
    expect(await say(row.number, row.hash)).toBe('unknown');
  });

  test('twenty prints at once count one to twenty; the same key is the same print', async () => {
    const { number } = await issued(table('s/1'));
    const record = (requestKey: string) => store.write((manager) => recordDocumentPrint(manager, number, { requestKey, by: 'u', at: AT }));
    await Promise.all(upTo(20).map((index) => record(`k${index}`)));
    expect(await record('k7')).toMatchObject({ replayed: true });
    await store.write((manager) => voidDocument(manager, number, VOID));
    await record('k21');
    const prints = await store.read((manager) => manager.find(DocumentPrint, { order: { printNo: 'ASC' } }));
    expect(prints.map(({ printNo }) => printNo)).toEqual(upTo(21));
    expect(prints.map(({ mark }) => mark)).toEqual([null, ...Array.from({ length: 19 }, () => '补打'), '作废']);
  }, 60_000);

  test('the content is not readable on disk', async () => {
    await issue(table('s/1'));
    const bytes = await database().bytesOnDisk();
    if (bytes) expect(bytes.includes(Buffer.from('示例市确认'))).toBe(false);
  });

  test('kill -9 of two issuing processes leaves no gap and no double', async () => {
    const { databaseUrl, keyRing } = database();
    const acknowledged = await Promise.all(['x', 'y'].map((name) => issueUntilKilled([databaseUrl, keyRing.path, name], 40)));
    await issue(table('last'));
    const found = await serials();
    expect(found).toEqual(upTo(found.length));
    expect(found.length).toBeGreaterThan((acknowledged[0] ?? 0) + (acknowledged[1] ?? 0));
    expect(await counter()).toBe(found.length);
  }, 120_000);
}, { ownServer: true });

/** Issues for ever, each in a transaction that lasts a moment longer, and prints a line once its commit is acknowledged. */
const WRITER = `
const { openStore } = require('./dist/store/open-store');
const { openKeyRing } = require('./dist/runtime/keys');
const { issueDocument } = require('./dist/activities/documents/issue');
(async () => {
  const [databaseUrl, ring, name, document] = process.argv.slice(1);
  const store = await openStore({ databaseUrl, keyRing: openKeyRing(ring) });
  for (let id = 0; ; id += 1) {
    await store.write(async (manager) => {
      await issueDocument(manager, { ...JSON.parse(document), subject: name + id }, { by: 'u', at: ${AT} });
      await new Promise((resolve) => setTimeout(resolve, 2));
    });
    console.log(id);
  }
})();`;

/** Runs the writer, kills it after so many acknowledgements, and returns how many it gave. */
async function issueUntilKilled(args: readonly string[], most: number): Promise<number> {
  const child = spawn(process.execPath, ['-e', WRITER, ...args, JSON.stringify(table('x'))], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    count = Number(line) + 1;
    if (count === most) child.kill('SIGKILL');
  }
  return count;
}
