import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actOnDifference } from '../../activities/matching/acts';
import { ageingOf, statementOfRun } from '../../activities/matching/read';
import { reconcile, type Reconciled } from '../../activities/matching/reconcile';
import type { Source } from '../../activities/matching/sources';
import type { Signer } from '../../domain/office-case/types';
import { MatchingDifference, MatchingEvent, MatchingFinding, MatchingRun } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { manyDifferences } from './many';
import type { PlainRow, PlainSides } from './plain';
import { DAY, filesOf, PLACE, receipt, shipped, temporaryFolder } from './rig';

const leg = shipped('tax-bureau-tax');
const NEXT_DAY = '2026-10-13';

function signer(name: string, role: string): Signer {
  return { userId: name, name, personKey: `p-${name}`, forUserId: name, forName: name, forPersonKey: `p-${name}`, chain: [], role, division: '990101' };
}
const maker = signer('maker', 'maker');
const reviewer = signer('reviewer', 'reviewer');

onBothDatabases('a reconciliation in the books', (database) => {
  let store: Store;
  let room: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    store = await database().openMigrated();
    room = temporaryFolder();
  });
  afterEach(() => room.remove());

  const run = async (sources: Record<string, Source>, day = DAY, declaration = leg): Promise<Reconciled> => {
    const outcome = await reconcile({ store, now: () => 1_000, folder: room.folder, memoryMb: 100 }, { declaration, place: PLACE, day, sources }, () => undefined);
    if ('code' in outcome) throw new Error(outcome.message);
    return outcome.result;
  };
  const files = (sides: PlainSides, name = ''): Record<string, Source> => filesOf(room.folder, leg, sides, name);
  const differences = (): Promise<MatchingDifference[]> => store.read((manager) => manager.find(MatchingDifference, { order: { keyText: 'ASC' } }));
  const eventsOf = async ({ id }: { id: string }): Promise<string[]> => (await store.read((manager) => manager.find(MatchingEvent, { where: { differenceId: id }, order: { seq: 'ASC' } }))).map(({ event }) => event);
  const only = async (): Promise<MatchingDifference> => (await differences())[0] as MatchingDifference;

  test('a closed day again changes nothing; a corrected file is a new version, and what it corrects is resolved', async () => {
    const base = Array.from({ length: 5 }, () => receipt());
    const [one, two, ...rest] = base as [PlainRow, PlainRow, ...PlainRow[]];
    const wrong = { bureau: base, tax: [{ ...one, amt: 1 }, { ...two, insutype: '390' }, ...rest] };
    const first = await run(files(wrong));
    expect(first).toMatchObject({ version: 1, repeated: false, findings: 2, vanished: 0, rows: { bureau: 5, tax: 5 } });
    expect(await run(files(wrong, 'renamed-'))).toEqual({ ...first, repeated: true });
    expect(await store.read((manager) => manager.count(MatchingRun))).toBe(1);
    const second = await run(files({ bureau: base, tax: [{ ...one, amt: 1 }, two, ...rest] }));
    expect(second).toMatchObject({ version: 2, findings: 1, vanished: 1 });
    const states = Object.fromEntries((await differences()).map(({ code, state }) => [code, state]));
    expect(states).toEqual({ AMOUNT_DIFFERS: 'persisting', INSURANCE_DIFFERS: 'resolved' });
    expect(await store.read((manager) => manager.countBy(MatchingFinding, { runId: first.runId }))).toBe(2);
    expect(await store.read((manager) => manager.findOneBy(MatchingRun, { id: second.runId }))).toMatchObject({ replaces: 1, state: 'closed' });
    const statement = await store.read((manager) => statementOfRun(manager, leg, second.runId));
    expect(statement.filter(({ difference }) => difference !== 0)).toMatchObject([{ amount: 'amt', open: Number(one['amt']) - 1, explained: 0, residual: 0 }]);
    expect(await store.read((manager) => ageingOf(manager, leg, PLACE, '2026-10-16'))).toEqual([{ bucket: '4–5 天', code: 'AMOUNT_DIFFERS', state: 'persisting', count: 1, fen: Number(one['amt']) - 1 }]);
  });

  test('a row that comes days late resolves what it was missed for, and the statement names it', async () => {
    const late = receipt({ clct_date: DAY });
    await run(files({ bureau: [], tax: [late, receipt({ clct_date: DAY })] }));
    expect((await differences()).map(({ state, code }) => [state, code])).toEqual([['expected', 'LAST_DAY_ROW'], ['expected', 'LAST_DAY_ROW']]);
    const next = await run(files({ bureau: [late], tax: [] }), NEXT_DAY);
    expect(next).toMatchObject({ findings: 0, vanished: 1 });
    expect((await differences()).map(({ state }) => state)).toEqual(['resolved', 'expected']);
    expect(await eventsOf(await only())).toEqual(['found', 'arrived']);
    const statement = await store.read((manager) => statementOfRun(manager, leg, next.runId));
    expect(statement.find(({ amount }) => amount === 'amt')).toMatchObject({ difference: late['amt'], explained: late['amt'], residual: 0, parts: [{ code: 'LATE_ARRIVAL' }] });
    await run(files({ bureau: [receipt()], tax: [] }), '2026-10-15');
    const overdue = (await differences()).find(({ code }) => code === 'TAX_ONLY') as MatchingDifference;
    expect(overdue).toMatchObject({ state: 'new', firstDay: DAY, lastDay: DAY });
    expect(await eventsOf(overdue)).toEqual(['found', 'overdue']);
  });

  test('it is explained by one, written off by two, and starts anew when the sides say something else', async () => {
    const one = receipt();
    await run(files({ bureau: [one], tax: [{ ...one, amt: 1 }] }));
    const { id } = await only();
    const act = (given: Parameters<typeof actOnDifference>[2], by: Signer) => actOnDifference(store, id, given, by, 2_000);
    expect(await act({ act: 'assign', owner: 'maker' }, maker)).toMatchObject({ result: { owner: 'maker' } });
    expect(await act({ act: 'explain', cause: ' ' }, maker)).toMatchObject({ code: 'MATCHING_CAUSE_MISSING' });
    expect(await act({ act: 'proposeWriteOff', cause: '分差，税务已确认' }, maker)).toMatchObject({ result: { state: 'writeOffProposed' } });
    expect(await act({ act: 'approveWriteOff' }, { ...maker, role: 'reviewer' })).toMatchObject({ code: 'MATCHING_FOUR_EYES' });
    expect(await act({ act: 'approveWriteOff' }, maker)).toMatchObject({ code: 'MATCHING_ROLE_UNFIT' });
    expect(await act({ act: 'approveWriteOff' }, reviewer)).toMatchObject({ result: { state: 'writtenOff' } });
    expect(await act({ act: 'explain', cause: '再说' }, maker)).toMatchObject({ code: 'MATCHING_STATE_UNFIT' });
    await run(files({ bureau: [one, receipt()], tax: [{ ...one, amt: 1 }] }));
    expect((await differences()).find((each) => each.id === id)).toMatchObject({ state: 'writtenOff', cause: '分差，税务已确认' });
    await run(files({ bureau: [one], tax: [{ ...one, amt: 2 }] }));
    expect((await differences()).find((each) => each.id === id)).toMatchObject({ state: 'new' });
    expect(await eventsOf({ id })).toEqual(['found', 'assigned', 'writeOffProposed', 'writeOffApproved', 'changed']);
    expect(await actOnDifference(store, 'nobody', { act: 'assign', owner: 'x' }, maker, 1)).toMatchObject({ code: 'MATCHING_DIFFERENCE_NOT_FOUND' });
  });

  test('rows of our own database are a side: what a run found, against a file', async () => {
    const base = Array.from({ length: 3 }, () => receipt());
    const { runId } = await run(files({ bureau: base, tax: [] }));
    const { columns, ...rest } = leg;
    const declaration = {
      ...rest, columns: { ...columns, key_text: { type: 'text' as const, zh: '键' } }, key: 'findings', sides: [{ key: 'books', zh: '账', rows: 'one' as const }, { key: 'file', zh: '文件', rows: 'one' as const }], match: ['key_text'],
      amounts: [{ column: 'amt', tolerance: 0 }], attributes: [], groups: ['key_text'],
      codes: [{ code: 'BOOKS_ONLY', zh: '仅账', kind: 'break' as const, when: { present: ['books'] } }, { code: 'FILE_ONLY', zh: '仅文件', kind: 'break' as const, when: { present: ['file'] } }],
    };
    const path = join(room.folder, 'found.csv');
    writeFileSync(path, `key_text,yuan\n${base.slice(1).map((row) => `${row['taxrpt_no']}|1|01,${Math.floor(Number(row['amt']) / 100)}.${String(Number(row['amt']) % 100).padStart(2, '0')}`).join('\n')}\n`);
    const sources: Record<string, Source> = {
      books: { kind: 'table', table: 'matching_finding', pageBy: 'difference_id', where: { run_id: [runId] }, columns: { amt: { from: ['fen'] } } },
      file: { kind: 'delimited', path, header: ['key_text', 'yuan'], columns: { amt: { from: ['yuan'], unit: 'yuan' } } },
    };
    expect(await run(sources, DAY, declaration)).toMatchObject({ findings: 1, rows: { books: 3, file: 2 } });
    expect(await run(sources, DAY, declaration)).toMatchObject({ repeated: true });
  });

  test('a side that is missing or cannot be read is no agreement: nothing is written', async () => {
    const order = { declaration: leg, place: PLACE, day: DAY };
    const deps = { store, now: () => 1, folder: room.folder, memoryMb: 100 };
    const { bureau, tax } = files({ bureau: [receipt()], tax: [receipt({ amt: '1.5' })] }) as { bureau: Source; tax: Source };
    expect(await reconcile(deps, { ...order, sources: { bureau } }, () => undefined)).toMatchObject({ code: 'MATCHING_SIDE_MISSING' });
    expect(await reconcile(deps, { ...order, sources: { bureau, tax } }, () => undefined)).toMatchObject({ code: 'MATCHING_INPUT_UNREADABLE', message: expect.stringContaining('本金') as string });
    expect(await store.read((manager) => manager.count(MatchingRun))).toBe(0);
    expect(readdirSync(room.folder).filter((name) => name.startsWith('tax-bureau'))).toEqual([]);
  });

  test('killed while it writes, a run goes on where it was and ends as if nothing had happened', async () => {
    const child = spawn(process.execPath, ['-r', join(__dirname, '../national-send/ts-hook.js'), join(__dirname, 'child.ts'), database().databaseUrl, database().keyRingPath, room.folder], {
      env: { ...process.env, ANJIE_FAILPOINTS: 'after-answer-before-commit=kill@2' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
    expect(await store.read((manager) => manager.count(MatchingFinding))).toBe(5_000);
    const again = await run(files(manyDifferences()));
    expect(again).toMatchObject({ version: 1, repeated: false, findings: 5_850 });
    const [total] = await store.read((manager) => manager.query('SELECT COUNT(*) AS n, SUM(fen) AS fen, MIN(events) AS low, MAX(events) AS high FROM matching_difference'));
    expect(Object.values(total as Record<string, unknown>).map(Number)).toEqual([5_850, -5_850, 1, 1]);
    const statement = await store.read((manager) => statementOfRun(manager, leg, again.runId));
    expect(statement.map(({ residual }) => residual)).toEqual(statement.map(() => 0));
  }, 60_000);
});
