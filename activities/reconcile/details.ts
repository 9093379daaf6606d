import { In, type EntityManager } from 'typeorm';
import { unzipOne, zipOne } from '../../domain/files/zip';
import { add, ZERO } from '../../domain/money';
import { readResultFile, subjectOf, writeDetailFile, type ResultRow } from '../../domain/reconciliation/day-file';
import { classOf } from '../../domain/reconciliation/difference';
import type { DetailScope, DetailsOutcome, RoundInput } from '../../domain/reconciliation/steps';
import { Admission, ReconciliationDifference, Settlement } from '../../store/entities';
import { demand, failure, profileOf, scopeText, type ReconcileAttempt } from './context';
import { fundAsSent, settlementsOfDay, type DaySettlement } from './day-books';
import { WITHOUT_REFUNDS } from './totals';

type ScopeInput = RoundInput & { readonly scope: DetailScope };

/** refd_setl_flag of a settlement that stands. */
const NOT_REFUNDED = '0';
/** A day file of one institution unpacked, bytes at most. */
const FILE_AT_MOST = 50 * 1024 * 1024;
const STAYS_AT_ONCE = 500;

/**
 * 9101 → 3202 → 9102: hands in the day's rows of a scope and stores what the centre answers to differ. A file that cannot
 * be read as a whole is asked for anew, and nothing of it is used.
 */
export async function compareDetails(deps: ReconcileAttempt, at: ScopeInput): Promise<DetailsOutcome> {
  const handedIn = await deps.store.read(async (manager) => {
    const all = await settlementsOfDay(manager, deps, at.opened);
    const rows = all.filter((row) => scopeText(row) === scopeText(at.scope));
    return { rows, visits: await visitsOf(manager, rows) };
  });
  const content = await exchangeFiles(deps, at, handedIn.rows, detailFileOf(handedIn.rows, handedIn.visits));
  const rows = readRows(deps, content);
  const open = await deps.store.write(async (manager) => {
    let count = 0;
    for (const row of rows) count += (await noteDifference(manager, deps, at, row)) ? 1 : 0;
    return count;
  });
  return { rows: rows.length, open };
}

type Visit = Pick<Admission, 'mdtrt_id' | 'psn_no'>;

async function visitsOf(manager: EntityManager, rows: readonly DaySettlement[]): Promise<Map<string, Visit>> {
  const ids = [...new Set(rows.map((row) => row.admissionId))];
  const visits = new Map<string, Visit>();
  for (let from = 0; from < ids.length; from += STAYS_AT_ONCE) {
    const where = { id: In(ids.slice(from, from + STAYS_AT_ONCE)) };
    for (const stay of await manager.find(Admission, { select: { id: true, mdtrt_id: true, psn_no: true }, where })) visits.set(stay.id, stay);
  }
  return visits;
}

function detailFileOf(rows: readonly DaySettlement[], visits: ReadonlyMap<string, Visit>): string {
  return writeDetailFile(
    rows.map((row) => ({
      setl_id: row.setl_id,
      mdtrt_id: visits.get(row.admissionId)?.mdtrt_id ?? '',
      psn_no: visits.get(row.admissionId)?.psn_no ?? '',
      medfee_sumamt: row.medfee,
      fund_pay_sumamt: row.fund,
      acct_pay: row.account,
      refd_setl_flag: NOT_REFUNDED,
    })),
  );
}

/** The three transactions; returns the result file as it came. */
async function exchangeFiles(deps: ReconcileAttempt, at: ScopeInput, rows: readonly DaySettlement[], text: string): Promise<Buffer> {
  const { opened: { institution: fixmedins_code, date, version }, round, scope } = at;
  const name = `${fixmedins_code}-${date}-${scopeText(scope)}-v${version}r${round}`;
  const uploaded = await demand(deps, at, `9101/${scopeText(scope)}`, '9101', {
    fsUploadIn: { in: zipOne({ name: `${name}.txt`, content: Buffer.from(text, 'utf8') }), filename: `${name}.zip`, fixmedins_code },
  });
  const compared = await demand(deps, at, `3202/${scopeText(scope)}`, '3202', {
    data: {
      setl_optins: scope.clr_optins,
      file_qury_no: uploaded.output.file_qury_no,
      stmt_begndate: date,
      stmt_enddate: date,
      medfee_sumamt: add(ZERO, ...rows.map((row) => row.medfee)),
      fund_pay_sumamt: add(ZERO, ...rows.map((row) => row.fund)),
      cash_payamt: add(ZERO, ...rows.map((row) => row.cash)),
      fixmedins_setl_cnt: rows.length,
      clr_type: scope.clr_type,
      REFD_SETL_FLAG: WITHOUT_REFUNDS,
    },
  });
  const { file_qury_no, filename } = compared.output.fileinfo;
  const fetched = await demand(deps, at, `9102/${scopeText(scope)}`, '9102', { fsDownloadIn: { file_qury_no, filename, fixmedins_code } });
  return Buffer.from(fetched.output.content);
}

function readRows(deps: ReconcileAttempt, content: Buffer): ResultRow[] {
  try {
    const { content: bytes } = unzipOne(content, FILE_AT_MOST);
    return readResultFile(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw failure(deps, 'ResultFileUnreadable', `结果文件无法读取：${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Stores one row of the result file; true when it still has to be dealt with. */
async function noteDifference(manager: EntityManager, deps: ReconcileAttempt, at: RoundInput, row: ResultRow): Promise<boolean> {
  const key = { reconciliationId: at.opened.id, subject: subjectOf(row) };
  const before = await manager.findOneBy(ReconciliationDifference, key);
  if (!before) return insertDifference(manager, deps, at, key, row);
  const seen = { round: at.round, updatedAt: deps.now() };
  // A retried activity finds its own rows; what an earlier round dealt with and is here again was not dealt with.
  const isBack = before.round < at.round && ['adopted', 'undone', 'closed'].includes(before.state);
  const again = isBack ? { state: 'abnormal' as const, resolution: `处理后仍不一致：${before.resolution ?? ''}`.slice(0, 500) } : {};
  await manager.update(ReconciliationDifference, { id: before.id }, { ...seen, ...again });
  return before.state === 'open';
}

async function insertDifference(
  manager: EntityManager,
  deps: ReconcileAttempt,
  at: RoundInput,
  key: { readonly reconciliationId: string; readonly subject: string },
  row: ResultRow,
): Promise<true> {
  const { institution } = at.opened;
  const ours = row.setl_id === '' ? null : await manager.findOneBy(Settlement, { institution, setl_id: row.setl_id });
  await manager.insert(ReconciliationDifference, {
    ...key,
    class: classOf(row, ours ?? undefined),
    state: 'open',
    round: at.round,
    setl_id: row.setl_id || null,
    msgid: row.msgid || null,
    mdtrt_id: row.mdtrt_id || null,
    psn_no: row.psn_no || null,
    refd_setl_flag: row.refd_setl_flag || null,
    ourMedfeeFen: ours?.medfee_sumamt ?? null,
    ourFundFen: ours && fundAsSent(ours, profileOf(deps, institution).accountInFundSum),
    ourAccountFen: ours?.acct_pay ?? null,
    theirMedfeeFen: row.medfee,
    theirFundFen: row.fund,
    theirAccountFen: row.account,
    memo: row.memo.slice(0, 500) || null,
    resolution: null,
    updatedAt: deps.now(),
  });
  return true;
}
