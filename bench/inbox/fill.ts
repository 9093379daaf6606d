import { fen } from '../../domain/money';
import { currentKeyRing } from '../../runtime/keys';
import type { Store } from '../../store/open-store';

/** Cities of the demonstration; tasks lie in their review posts. */
export const CITIES: readonly string[] = Array.from({ length: 21 }, (_, index) => String(990_100 + index * 100));
/** The city whose one post holds half of all open tasks. */
export const BUSY_CITY = '990100';
export const DEFINITION = 'xr-base-agency';
const ROWS_AT_ONCE = 500;
const MINUTE_MS = 60_000;

type Value = string | number | Buffer | null;

/**
 * Open tasks with their cases, written straight into the tables: half of them wait in one post, the rest in the twenty
 * others. Every tenth is overdue. `now` is epoch ms.
 */
export async function fillInbox(store: Store, count: number, now: number): Promise<void> {
  const secret = currentKeyRing().encrypt('{}');
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(ROWS_AT_ONCE, count - first) }, (_, index) => first + index);
    const cases = numbers.map((number) => caseRow(number, now, secret));
    const tasks = numbers.map((number) => taskRow(number, now));
    await store.write(async (manager) => {
      for (const [table, rows] of [['office_case', cases], ['case_task', tasks]] as const) {
        const columns = Object.keys(rows[0] ?? {});
        const places = `(${columns.map(() => '?').join(', ')})`;
        await manager.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')}`, rows.flatMap((row) => columns.map((column) => row[column] ?? null)));
      }
    });
  }
}

interface Shared {
  readonly caseNo: string;
  readonly division: string;
  readonly period: string;
  readonly amount: number;
  readonly openedAt: number;
  readonly dueAt: number;
}

function sharedOf(number: number, now: number): Shared {
  const division = number % 2 === 0 ? BUSY_CITY : (CITIES[1 + (Math.floor(number / 2) % 20)] ?? BUSY_CITY);
  const openedAt = now - (200_000 - number) * 1_000;
  return {
    caseNo: `bench-${division}-2026-${String(number).padStart(6, '0')}`,
    division,
    period: `2026-${String(1 + (number % 12)).padStart(2, '0')}`,
    amount: fen((number * 7_919) % 100_000_000),
    openedAt,
    dueAt: number % 10 === 0 ? now - MINUTE_MS * (1 + (number % 1_000)) : now + MINUTE_MS * (60 + (number % 10_000)),
  };
}

function caseRow(number: number, now: number, secret: Buffer): Record<string, Value> {
  const { caseNo, division, period, amount, openedAt, dueAt } = sharedOf(number, now);
  return {
    id: `office-case/${DEFINITION}/${division}/${caseNo}`, case_no: caseNo, definition: DEFINITION, definition_version: 1, division,
    title: `量测件 ${number}`, status: 'submitted', step: 'review', round: 1, maker_id: `bench-maker-${number % 50}`, maker_person_key: null,
    business_key: `业务${number}`, open_key: null, period, amount_fen: amount, form_hash: '', form: secret, opened: secret, state: secret, waits_for: '等待审核',
    due_at: dueAt, opened_at: openedAt, updated_at: openedAt, ended_at: null, version: 1,
  };
}

function taskRow(number: number, now: number): Record<string, Value> {
  const { caseNo, division, period, amount, openedAt, dueAt } = sharedOf(number, now);
  return {
    case_id: `office-case/${DEFINITION}/${division}/${caseNo}`, round: 1, step: 'review', slot: '1', zh: '审核', role: 'reviewer', division, assignee_id: null,
    status: 'open', opened_at: openedAt, due_at: dueAt, done_at: null, done_by: null, case_no: caseNo, definition: DEFINITION, case_division: division,
    business_key: `业务${number}`, period, amount_fen: amount, maker_id: `bench-maker-${number % 50}`,
  };
}
