import { endHoldsDue } from '../../activities/tax/end-holds';
import { levyFaults, whereaboutsOf } from '../../domain/tax/levy';
import { holdLevies } from '../../activities/tax/levies';
import type { LevyRow, PaymentRow } from '../../schemas/tax/fields';
import { onBothDatabases } from '../support/databases';
import { answerOf, paymentOf, TaxRig } from './rig';

/** A repeatable source of numbers (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

onBothDatabases('whatever tax sends in whatever order', (database) => {
  test.each([1, 2])('every fen is in transit, in the treasury or refunded, and in the books (seed %i)', async (seed) => {
    const rig = await TaxRig.open(await database().openMigrated());
    try {
      await rig.register(6);
      const below = numbers(seed);
      const { rows: levies, file } = await rig.sendAll('flexible', 'LH');
      const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
      const paid: { levy: LevyRow; row: PaymentRow }[] = [];
      let serial = 0;
      const next = (): PaymentRow => {
        serial += 1;
        const what = below(6);
        if (what < 2 || paid.length === 0) {
          const levy = pick(levies);
          const row = paymentOf(levy, `T${serial}`, { latefee: below(3), ...(below(2) === 0 ? { intsury_date: '2026-11-12' } : {}) });
          paid.push({ levy, row });
          return row;
        }
        const { levy, row } = pick(paid);
        const undone = { orig_taxrpt_no: row.taxrpt_no, orig_taxrpt_row: row.taxrpt_row, latefee: -row.latefee, amt: -row.amt, paid: -row.paid };
        if (what === 2) return paymentOf(levy, `V${serial}`, { kind: '02', ...undone });
        if (what === 3) return paymentOf(levy, `R${serial}`, { kind: '03', ...undone, intsury_date: '2026-11-14' });
        if (what === 4) return { ...row, intsury_date: '2026-11-13' };
        return paymentOf(levy, `C${serial}`, { kind: '04', orig_taxrpt_no: row.taxrpt_no, orig_taxrpt_row: row.taxrpt_row, amt: 0, paid: 0, latefee: 0, intsury_date: '2026-11-15' });
      };
      let files = 0;
      for (let day = 0; day < 7; day += 1) {
        const rows = Array.from({ length: 1 + below(6) }, next).sort(() => below(3) - 1);
        if (day === 3) await rig.arrive('HZ', levies.map((levy) => answerOf(levy, below(4) === 0 ? { result: '2', code: 'E01', dcla_no: '' } : {})), { ref_file: file.name, batch_no: file.batch_no });
        else {
          files += rows.reduce((sum, { paid: amount }) => sum + amount, 0);
          await rig.arrive('HP', rows);
        }
        for (const batch of await rig.take()) {
          if (batch.kind !== 'tax-return' || below(3) > 0) continue;
          const undone = await rig.order(batch, 'undo').catch(() => null);
          if (undone) await rig.batch('tax-return', batch.parameters);
        }
        if (day === 6) await endHoldsDue(rig.store, Date.now() + 100 * 3_600_000);
        const ids = (await rig.levies()).map(({ id }) => id);
        const standings = await rig.store.write((manager) => holdLevies(manager, ids));
        let posted = 0;
        for (const { levy, record } of standings.values()) {
          expect(levyFaults(levy)).toEqual([]);
          const where = whereaboutsOf(levy);
          expect(where.transit + where.treasury + where.arrived + where.refunded).toBe(where.paid);
          expect(record.paidFen).toBe(levy.receipts.filter(({ stage }) => stage !== 'voided').reduce((sum, each) => sum + each.amt - each.refundedAmt, 0));
          posted += where.paid - where.refunded;
        }
        const unmatched = (await rig.asides({ sort: 'unmatched' })).reduce((sum, { paidFen }) => sum + paidFen, 0);
        expect([await rig.balance('CONTRIB_COLLECTED'), await rig.balance('CONTRIB_UNMATCHED'), await rig.balance('TAX_TRANSIT')].map((each) => each + 0)).toEqual([0 - posted, 0 - unmatched, posted + unmatched].map((each) => each + 0));
      }
      expect(files).not.toBe(0);
    } finally {
      rig.close();
    }
  });
});
