import { findSettlement, loadSheet, type StoredSheet } from '../../api/sheet/load';
import { recordPrint } from '../../api/sheet/prints';
import { formatYuanGrouped as yuan } from '../../domain/money';
import { buildSheet } from '../../domain/sheet/build';
import type { SheetModel } from '../../domain/sheet/model';
import { Admission, FeeLine, FeeUpload } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { linesOf, sheetInput } from './fixture';
import { ADMISSION_ID, cancelS1, insertLine, insertSettledA, insertSettlement } from './rows';

async function load(store: Store, setlId: string | undefined, detail = false): Promise<StoredSheet> {
  return store.read(async (manager) => {
    const admission = await manager.findOneByOrFail(Admission, { id: ADMISSION_ID });
    const settlement = await findSettlement(manager, ADMISSION_ID, setlId);
    if (!settlement) throw new Error(`no settlement ${setlId}`);
    return loadSheet(manager, admission, settlement, detail);
  });
}

function sheetOf(rows: StoredSheet): SheetModel {
  const { institution, printed, accountInFundSum } = sheetInput('A');
  return buildSheet({ ...rows, institution, printed, accountInFundSum });
}

onBothDatabases('sheets from the store', (database) => {
  let store: Store;
  let id: number;
  beforeEach(async () => {
    store = await database().openMigrated();
    id = await insertSettledA(store);
  });

  test('the rows of A give the sheet that A’s files give', async () => {
    const wanted = buildSheet(sheetInput('A'));
    const { fees, funds, burden, payment, words } = sheetOf(await load(store, undefined));
    expect({ fees, funds, burden, payment, words }).toEqual({ fees: wanted.fees, funds: wanted.funds, burden: wanted.burden, payment: wanted.payment, words: wanted.words });
  });

  test('with detail the lines come along, in the order of their time', async () => {
    const { lines } = await load(store, undefined, true);
    expect(lines).toHaveLength(linesOf('A').length);
    expect((lines ?? []).map(({ date }) => date)).toEqual([...(lines ?? []).map(({ date }) => date)].sort());
    expect((await load(store, undefined)).lines).toBeNull();
  });

  test('a cancelled settlement still prints its own lines, not those uploaded after it', async () => {
    await cancelS1(store, id);
    await store.write(async (manager) => {
      await manager.insert(FeeUpload, { id: 'u3', admissionId: ADMISSION_ID, source: 'csv', lineCount: 1, state: 'done', createdAt: Date.parse('2026-11-20T10:00:00+08:00') });
      const extra = linesOf('A2').at(-1);
      if (!extra) throw new Error('A2 has lines');
      await insertLine(manager, 'u3', 0, extra, null);
      const again = await insertSettlement(manager, 'S2', 'M-S2', '2026-11-21 09:00:00');
      await manager.update(FeeLine, { admissionId: ADMISSION_ID }, { settlementId: again });
    });
    const sheet = sheetOf(await load(store, 'S1'));
    expect(sheet.stamp).toBe('作废');
    expect([sheet.fees.note, yuan(sheet.fees.total.amount), sheet.fees.total.lines]).toEqual([null, '21,187.43', 9]);
    expect(sheet.payment.find(({ label }) => label === '预交金')?.amount).toBe(800_000);
    await store.write((manager) => manager.update(FeeLine, { admissionId: ADMISSION_ID, feedetl_sn: 'A01' }, { state: 'withdrawn' }));
    expect(sheetOf(await load(store, 'S1')).fees.note).toContain('已有变动');
  });

  test('without setlId the latest that is not cancelled is meant', async () => {
    await cancelS1(store, id);
    await expect(load(store, undefined)).rejects.toThrow('no settlement');
    await store.write((manager) => insertSettlement(manager, 'S2', 'M-S2', '2026-11-21 09:00:00'));
    expect((await load(store, undefined)).settlement.setlId).toBe('S2');
    expect((await load(store, undefined)).earlierAlike).toBe(1);
  });

  test('prints at once get numbers without gaps, a repeated request its own again', async () => {
    const print = (key: string) => store.write((manager) => recordPrint(manager, id, key, '0101'));
    const made = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(print));
    expect(made.map(({ print: { printNo } }) => printNo).sort()).toEqual([1, 2, 3, 4, 5]);
    const again = await print('c');
    expect(again).toMatchObject({ replayed: true, print: { printNo: made[2]?.print.printNo } });
  });
});
