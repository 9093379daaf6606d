import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { parseDateTime } from '../../domain/calendar';
import type { FeeSum, SheetInput, SheetLine, SheetPerson, SheetSettlement } from '../../domain/sheet/input';
import { fenOf, integerOf } from '../../store/columns';
import { type Admission, Deposit, FeeLine, FeeUpload, Settlement, SettlementFund } from '../../store/entities';

/** More lines than this are not printed behind a sheet; they are read page by page instead. */
export const MOST_PRINTED_LINES = 3_000;

/** Rows of a sheet that come from the store. */
export type StoredSheet = Pick<SheetInput, 'stay' | 'person' | 'settlement' | 'funds' | 'fees' | 'lines' | 'deposits' | 'earlierAlike'>;

/** The settlement to print: the one named, else the latest that is not cancelled. */
export function findSettlement(manager: EntityManager, admissionId: string, setlId: string | undefined): Promise<Settlement | null> {
  return manager.findOne(Settlement, {
    where: { admissionId, ...(setlId === undefined ? { status: In(['live', 'held']) } : { setl_id: setlId }) },
    order: { id: 'DESC' },
  });
}

/** Reads everything that a settlement's sheet is made from; `detail` adds the fee lines. */
export async function loadSheet(manager: EntityManager, admission: Admission, settlement: Settlement, detail: boolean): Promise<StoredSheet> {
  const fees = await sumFees(manager, settlement);
  const lines = fees.reduce((sum, each) => sum + each.lines, 0);
  const deposits = await manager.find(Deposit, { where: { admissionId: admission.id }, order: { id: 'ASC' } });
  const siblings = await manager.findBy(Settlement, { admissionId: admission.id });
  const { depositApplied, depositRefund, topUp } = settlement;
  return {
    stay: stayOf(admission),
    person: settlement.raw as SheetPerson,
    settlement: settlementOf(settlement),
    funds: await manager.find(SettlementFund, { where: { settlementId: settlement.id }, order: { lineNo: 'ASC' } }),
    fees,
    lines: detail && lines <= MOST_PRINTED_LINES ? await listLines(manager, settlement) : null,
    deposits,
    earlierAlike: siblings.filter(
      (each) =>
        each.id < settlement.id && each.status !== 'held' &&
        each.depositApplied === depositApplied && each.depositRefund === depositRefund && each.topUp === topUp,
    ).length,
  };
}

function stayOf(admission: Admission): SheetInput['stay'] {
  const { form } = admission.form as { form?: Record<string, unknown> };
  const text = (name: string): string | null => {
    const value = form?.[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    iptNo: admission.ipt_no,
    patientName: admission.patientName,
    certno: admission.certno,
    psnNo: admission.psn_no,
    mdtrtId: admission.mdtrt_id,
    medType: admission.med_type,
    insuplcAdmdvs: admission.insuplc_admdvs,
    admittedAt: admission.admittedAt,
    dischargedAt: admission.dischargedAt,
    department: text('adm_dept_name'),
    bed: text('adm_bed'),
    diagnosis: text('dscg_maindiag_name') ?? text('adm_diag_dscr'),
  };
}

function settlementOf(row: Settlement): SheetSettlement {
  const { setl_id: setlId, setl_time: setlTime } = row;
  const cancelled = row.status === 'cancelled' ? { at: row.cancelledAt, setlId: row.cancelSetlId } : null;
  return { ...row, setlId, setlTime, cancelled };
}

const SUMS = {
  amount: 'det_item_fee_sumamt',
  fulamt: 'fulamt_ownpay_amt',
  overlmt: 'overlmt_amt',
  preselfpay: 'preselfpay_amt',
  inscp: 'inscp_scp_amt',
} as const;

async function sumFees(manager: EntityManager, settlement: Settlement): Promise<FeeSum[]> {
  const query = linesOf(manager, settlement)
    .select('line.med_chrgitm_type', 'category')
    .addSelect('line.chrgitm_lv', 'level')
    .addSelect('COUNT(*)', 'lines')
    .groupBy('line.med_chrgitm_type')
    .addGroupBy('line.chrgitm_lv');
  for (const [name, column] of Object.entries(SUMS)) query.addSelect(`SUM(line.${column})`, name);
  const rows = await query.getRawMany<Record<'category' | 'level', string | null> & Record<'lines' | keyof typeof SUMS, unknown>>();
  return rows.map((row) => ({
    category: row.category ?? '',
    level: row.level,
    lines: integerOf(row.lines),
    amount: fenOf(row.amount),
    fulamt: fenOf(row.fulamt),
    overlmt: fenOf(row.overlmt),
    preselfpay: fenOf(row.preselfpay),
    inscp: fenOf(row.inscp),
  }));
}

async function listLines(manager: EntityManager, settlement: Settlement): Promise<SheetLine[]> {
  const rows = await linesOf(manager, settlement).orderBy('line.fee_ocur_time', 'ASC').addOrderBy('line.id', 'ASC').getMany();
  return rows.map((line) => ({
    feedetl_sn: line.feedetl_sn,
    date: line.fee_ocur_time.slice(0, 10),
    category: line.med_chrgitm_type ?? '',
    level: line.chrgitm_lv,
    name: line.medins_list_name,
    cnt: line.cnt,
    pric: line.pric,
    cap: line.pric_uplmt_amt,
    selfpayProp: line.selfpay_prop,
    amount: line.det_item_fee_sumamt,
    fulamt: fenOf(line.fulamt_ownpay_amt),
    overlmt: fenOf(line.overlmt_amt),
    preselfpay: fenOf(line.preselfpay_amt),
    inscp: fenOf(line.inscp_scp_amt),
  }));
}

/**
 * The lines of a settlement. Cancelling a settlement sets its lines free: then those that had been uploaded before it and
 * belong to no earlier one are taken, and the sheet itself checks that they still add up to it.
 */
function linesOf(manager: EntityManager, settlement: Settlement) {
  const query = manager
    .createQueryBuilder(FeeLine, 'line')
    .where('line.admissionId = :admissionId', { admissionId: settlement.admissionId })
    .andWhere('line.state = :state', { state: 'uploaded' });
  if (settlement.status !== 'cancelled') return query.andWhere('line.settlementId = :id', { id: settlement.id });
  return query
    .innerJoin(FeeUpload, 'upload', 'upload.id = line.uploadId')
    .andWhere('upload.createdAt < :at', { at: parseDateTime(settlement.setl_time) })
    .andWhere('(line.settlementId IS NULL OR line.settlementId > :id)', { id: settlement.id });
}
