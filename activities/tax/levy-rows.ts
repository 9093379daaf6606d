import type { EntityManager } from 'typeorm';
import { levyNoOf } from '../../domain/contribution/levy-no';
import type { LevyLine } from '../../domain/contribution/variants';
import { poolAreaOf } from '../../domain/tax/exchange';
import { currentKeyRing } from '../../runtime/keys';
import type { LevyRow } from '../../schemas/tax/fields';
import { fenOf, integerOf } from '../../store/columns';
import type { PersonIdentity } from '../../store/entities';
import { holdsAt } from '../contribution/editions';
import { listOf } from './levies';

/** A levy as its file has it, with the row that it comes from. */
export interface LevyToSend {
  readonly id: number;
  readonly unitNo: string | null;
  readonly row: LevyRow;
}

type Raw = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (value === null || value === undefined ? '' : (value as string));

/** Which levy `d` was refused or cancelled before `l` took its place. */
const SAME =
  'd.id < l.id AND d.exchange IN (41, 52) AND d.row_level = l.row_level' +
  ' AND d.insutype = l.insutype AND d.part = l.part AND d.accrym_begn = l.accrym_begn AND d.accrym_end = l.accrym_end';

/**
 * Rows of a file from levies under a condition on `l`, each unit before its persons. Names and credentials are decrypted here and
 * nowhere else in the exchange; they are those of an edition of the register, so that the same rows come out again.
 */
export async function levyRows(manager: EntityManager, condition: string, values: readonly unknown[], edition: number, op: 'A' | 'C', reason = ''): Promise<LevyToSend[]> {
  const rows: Raw[] = await manager.query(
    'SELECT l.id AS id, l.batch_id AS batch_id, l.division AS division, l.line AS line, l.payer_kind AS payer_kind, l.row_level AS row_level, l.unit_no AS unit_no, l.psn_no AS psn_no, ' +
      'l.insutype AS insutype, l.part AS part, l.clct_type AS clct_type, l.levy_item AS levy_item, l.levy_subitem AS levy_subitem, l.cashym AS cashym, l.accrym_begn AS begn, l.accrym_end AS end_, ' +
      'l.base_fen AS base, l.rate AS rate, l.psncnt AS psncnt, l.amt_fen AS amt, l.inte_fen AS inte, l.due_date AS due_date, ' +
      'u.name AS emp_name, u.uscc AS uscc, u.tax_reg_no AS tax_reg_no, u.agreement AS unit_agreement, p.identity AS identity, p.agreement AS agreement, p.town_code AS town_code, ' +
      `CASE WHEN l.psn_no IS NULL THEN (SELECT MAX(d.id) FROM levy d WHERE d.unit_no = l.unit_no AND ${SAME}) ELSE (SELECT MAX(d.id) FROM levy d WHERE d.psn_no = l.psn_no AND ${SAME}) END AS former ` +
      'FROM levy l ' +
      `LEFT JOIN contribution_unit u ON u.unit_no = l.unit_no AND u.division = l.division AND ${holdsAt('u')} ` +
      `LEFT JOIN contribution_person p ON p.psn_no = l.psn_no AND p.insutype = l.insutype AND p.division = l.division AND ${holdsAt('p')} ` +
      `WHERE ${condition} ORDER BY l.batch_id, l.unit_no, l.insutype, l.part, l.accrym_begn, l.accrym_end, l.row_level, l.id`,
    [edition, edition, edition, edition, ...values],
  );
  const formers = await numbersOf(manager, rows.flatMap(({ former }) => (former === null || former === undefined ? [] : [integerOf(former)])));
  return rows.map((row) => toSend(row, op, reason, formers));
}

/** Numbers of levies by id. */
async function numbersOf(manager: EntityManager, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows: Raw[] = await manager.query(`SELECT id, division, line, cashym FROM levy WHERE id IN (${listOf(ids)})`);
  return new Map(rows.map((row) => [integerOf(row['id']), numberOf(row)]));
}

function numberOf(row: Raw): string {
  return levyNoOf({ id: integerOf(row['id']), poolArea: poolAreaOf(text(row['division'])), cashym: integerOf(row['cashym']), line: row['line'] as LevyLine });
}

function toSend(row: Raw, op: 'A' | 'C', reason: string, formers: ReadonlyMap<number, string>): LevyToSend {
  const id = integerOf(row['id']);
  const cashym = integerOf(row['cashym']);
  const unitNo = row['unit_no'] as string | null;
  const payerKind = text(row['payer_kind']);
  const level = payerKind === '1' ? text(String(integerOf(row['row_level']))) : '2';
  const identity = row['psn_no'] === null || row['identity'] === null ? null : (JSON.parse(currentKeyRing().decrypt(row['identity'] as Buffer).toString('utf8')) as PersonIdentity);
  const agreed = payerKind === '1' ? row['unit_agreement'] : row['agreement'];
  const begn = String(integerOf(row['begn']));
  const rate = integerOf(row['rate']);
  return {
    id, unitNo,
    row: {
      rec: 'D', row_no: 0, op, levy_no: numberOf(row), orig_levy_no: op === 'C' || row['former'] === null ? '' : (formers.get(integerOf(row['former'])) ?? ''),
      // One bill a unit, insurance, part and months; a person's own row is its own bill.
      clct_bill_id: (unitNo === null ? `B${id}` : `B${text(row['batch_id']).replace(/\D/g, '').slice(-10)}${unitNo}${text(row['insutype'])}${text(row['part'])}${begn.slice(2)}`).slice(0, 30),
      payer_kind: payerKind, row_level: level, emp_no: payerKind === '1' ? text(unitNo) : '', uscc: text(row['uscc']), tax_reg_no: text(row['tax_reg_no']), emp_name: text(row['emp_name']),
      psn_no: text(row['psn_no']), cert_type: identity?.cert_type ?? '', certno: identity?.certno ?? '', psn_name: identity?.psn_name ?? '',
      insutype: text(row['insutype']), levy_item: text(row['levy_item']), levy_subitem: text(row['levy_subitem']), levy_detail: '', part: text(row['part']), clct_type: text(row['clct_type']),
      cashym: String(cashym), accrym_begn: begn, accrym_end: String(integerOf(row['end_'])), base: fenOf(row['base']), rate, quot_flag: rate === 0 ? '1' : '0', psncnt: integerOf(row['psncnt']),
      amt: fenOf(row['amt']), inte: fenOf(row['inte']), latefee_way: '1', latefee: 0, due_date: text(row['due_date']).slice(0, 10), agrt_flag: agreed !== null && agreed !== undefined && integerOf(agreed) === 1 ? '1' : '0',
      town_code: text(row['town_code']), cncl_reason: reason,
    },
  };
}
