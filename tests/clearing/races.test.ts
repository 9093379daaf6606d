import { generate } from '../../activities/clearing/generate/generate';
import { clearingRoutes } from '../../api/routes/clearing';
import { xrSettlementRoutes } from '../../api/routes/xr-settlements';
import type { XrRecord } from '../../domain/clearing/record';
import { XrSettlement } from '../../store/entities';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { onBothDatabases } from '../support/databases';
import { csvOf, deduction, PROVINCE, reversal, settlement } from './support';

/** What comes back, and when: reversals and refunds sent by HTTP against windows that are open, closing and closed. Races 69 to 71 of the fault table. */
onBothDatabases('reversals over HTTP', (database) => {
  let rig: PeopleRig;
  let token: string;

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: [...xrSettlementRoutes, ...clearingRoutes] });
    token = (await rig.enter('sheng-jingban-1')).token;
  });
  afterEach(() => rig?.close());

  const send = async (records: readonly XrRecord[]) => {
    const { status, body } = await rig.ask('POST /v1/xr/settlements', { token, raw: csvOf(records), headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect(status).toBe(200);
    return body as { fileId: string; accepted: number; rejects: { line: number; code: string }[] };
  };
  const get = async (path: string) => (await rig.ask(`GET ${path}`, { token })).body;
  /** Closes a month of 2026 and sums it up; the number of its batch. */
  async function clear(month: number): Promise<string> {
    const now = Date.UTC(2026, month + 1, 30);
    const period = `2026-${month}`;
    const outcome = await generate({ store: rig.store, now: () => now }, { office: PROVINCE, period, caseId: `case-${month}`, caseNo: String(month), now }, () => undefined);
    return (outcome as { result: { batchId: string } }).result.batchId;
  }
  /** All that a batch shows of its flows and settlements, but what the register says of a settlement today. */
  const shown = async (batch: string) => {
    const { items } = (await get(`/v1/clearing/batches/${batch}/items?limit=100`)) as { items: object[] };
    return [await get(`/v1/clearing/batches/${batch}`), await get(`/v1/clearing/batches/${batch}/lines`), items.map((item) => ({ ...item, status: null }))];
  };
  /** What a batch owes by flows, fen. */
  const owed = async (batch: string): Promise<number> => (await get(`/v1/clearing/batches/${batch}/lines`)).totalFen;

  test('69 a reversal after the window closed is an adjustment of the next one; the closed one stays as it is', async () => {
    const [one, other] = [settlement(), settlement()];
    await send([one, other]);
    const october = await clear(10);
    const closed = await shown(october);
    expect(await owed(october)).toBe(240_000);
    expect(await send([reversal(one, '2026-11-25'), settlement({ businessDate: '2026-11-12', reconciledDate: '2026-11-13' })])).toMatchObject({ accepted: 2 });
    expect(await shown(october)).toEqual(closed);
    const november = await clear(11);
    expect(await owed(november)).toBe(0);
    expect((await get(`/v1/clearing/batches/${november}/items?kind=contra`)).items).toMatchObject([{ recordType: 'R', window: '2026-11' }]);
    expect((await get(`/v1/clearing/batches/${november}/lines`)).items.map(({ kind, fen }: { kind: string; fen: number }) => [kind, fen]).sort()).toEqual(
      [['contra', -100_000], ['contra', -20_000], ['current', 100_000], ['current', 20_000]].sort(),
    );
    expect(await shown(october)).toEqual(closed);
  });

  test('69 a reversal while the window is being closed is in it or in the next, never in both nor in none', async () => {
    const records = Array.from({ length: 6 }, () => settlement());
    await send([...records, settlement()]);
    const [october] = await Promise.all([clear(10), ...records.map((record) => send([reversal(record, '2026-10-28')]))]);
    const november = await clear(11);
    expect((await owed(october)) + (await owed(november))).toBe(120_000);
    const rows = await rig.store.read((manager) => manager.findBy(XrSettlement, { recordType: 'R' }));
    expect(rows).toHaveLength(records.length);
    for (const row of rows) expect(['annulled/0', 'contra/202611']).toContain(`${row.entry}/${row.enteredWindow}`);
  });

  test.each([['open', false], ['closed', true]])('70 reversals of one settlement in parallel, its window %s: one is taken, the others are told', async (_what, closed) => {
    const [one, other] = [settlement(), settlement()];
    await send([one, other]);
    const october = closed ? await clear(10) : null;
    const answers = await Promise.all(Array.from({ length: 6 }, () => send([reversal(one, '2026-11-25')])));
    expect(answers.map(({ accepted, rejects }) => (accepted === 1 ? 'taken' : rejects[0]?.code)).sort()).toEqual([...Array<string>(5).fill('XR_ALREADY_REVERSED'), 'taken']);
    // The same file in parallel is one file, and answers alike.
    const back = csvOf([reversal(other, '2026-11-25')]);
    const headers = { 'content-type': 'text/csv; charset=utf-8' };
    const same = await Promise.all([1, 2, 3].map(() => rig.ask('POST /v1/xr/settlements', { token, raw: back, headers })));
    expect(same.map(({ status, body }) => [status, body.fileId, body.accepted])).toEqual(Array(3).fill([200, same[0]?.body.fileId, 1]));
    expect(await owed(october ?? (await clear(10)))).toBe(closed ? 240_000 : 0);
    expect(await owed(await clear(11))).toBe(closed ? -240_000 : 0);
  });

  test('71 no series of refunds takes back more than was owed, before and after the window closed', async () => {
    const random = randomFrom(710_071);
    const originals = Array.from({ length: 4 }, () => settlement());
    await send(originals);
    const left = originals.map(() => 100_000);
    let october = '';
    let early = 0;
    for (let round = 0; round < 4; round += 1) {
      if (round === 2) {
        october = await clear(10);
        early = left.reduce((sum, fen) => sum + fen, 0);
      }
      const asked = Array.from({ length: 12 }, () => ({ index: Math.floor(random() * originals.length), amount: 1 + Math.floor(random() * 40_000) }));
      const expected = asked.map(({ index, amount }) => {
        const fits = amount <= (left[index] ?? 0);
        if (fits) left[index] = (left[index] ?? 0) - amount;
        return fits;
      });
      const day = round < 2 ? '2026-10-2' : '2026-11-2';
      const { rejects } = await send(asked.map(({ index, amount }) => deduction(originals[index] as XrRecord, amount, `${day}${round}`)));
      const refused = new Map(rejects.map(({ line, code }) => [line, code]));
      expect(asked.map((_, index) => refused.get(index + 1) ?? 'taken')).toEqual(expected.map((fits) => (fits ? 'taken' : 'XR_DEDUCTION_EXCEEDS')));
    }
    expect(left.every((fen) => fen >= 0)).toBe(true);
    const rest = left.reduce((sum, fen) => sum + fen, 0);
    expect(rest).toBeLessThan(early);
    // The other fund of each settlement is not touched.
    expect(await owed(october)).toBe(early + originals.length * 20_000);
    expect(await owed(await clear(11))).toBe(rest - early);
  });
});

/** Numbers in [0, 1): the same seed always gives the same series. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
