import { createHash } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import type { Declaration } from '../../domain/matching/declaration';
import { found, isOpen, type Known, OPEN_STATES, type Step, vanished } from '../../domain/matching/life';
import { findingsQuery, namedQuery, totalsQuery } from '../../domain/matching/sql/judge';
import { failpoint } from '../../runtime/failpoint';
import { MatchingChunk, MatchingDifference, MatchingRun } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { Transactions } from '../../store/transactions';
import { type Cell, insertRows } from '../../store/bulk';
import { type Engine, engineInteger, type EngineValue } from './engine';
import { type Target, upsertRows } from './upsert';

/** Findings that commit together: written in well under a second. */
const FINDINGS_A_CHUNK = 5_000;
const GROUP_TEXT = 160;

const TOTALS: Target = { table: 'matching_total', keys: ['run_id', 'group_text', 'side', 'amount', 'code'], values: ['row_count', 'fen'] };
const DIFFERENCES: Target = {
  table: 'matching_difference',
  keys: ['id'],
  values: [
    'reconciliation', 'place', 'key_text', 'group_text', 'code', 'kind', 'fields', 'fen', 'sides', 'content', 'state', 'first_day', 'last_day',
    'first_run', 'last_run', 'events', 'changed_at',
  ],
};
const FINDINGS = ['run_id', 'difference_id', 'code', 'group_text', 'key_text', 'fields', 'fen', 'sides'];
const EVENTS = ['difference_id', 'seq', 'event', 'state', 'code', 'run_id', 'actor', 'words', 'at'];

interface Finding {
  readonly id: string;
  readonly keyText: string;
  readonly groupText: string;
  readonly code: string;
  readonly kind: 'break' | 'expected' | '';
  readonly fields: string;
  readonly fen: number;
  readonly sides: string;
  /** A row of the run's own day is part of it. */
  readonly today: boolean;
}

/** What a chunk is written for. */
export interface RecordPlace {
  readonly run: Pick<MatchingRun, 'id' | 'reconciliation' | 'place' | 'day'>;
  /** Epoch ms. */
  readonly now: number;
  /** False when a later day of a reconciliation of scope `open` is closed: then the findings are noted and no life moves. */
  readonly movesLives: boolean;
}

/** Sums of the statement, written before any difference moves: they depend on what is open from other days. */
export async function recordTotals(store: Transactions, engine: Engine, declaration: Declaration, place: RecordPlace): Promise<void> {
  const { id } = place.run;
  if (await store.read((manager) => manager.existsBy(MatchingChunk, { runId: id, chunk: 0 }))) return;
  for (const query of [totalsQuery(declaration), namedQuery(declaration)]) {
    for await (const page of engine.pages(query)) {
      const rows = page.flatMap((row) => totalRows(declaration, id, row));
      await store.write((manager) => upsertRows(manager, TOTALS, rows));
    }
  }
  await store.write((manager) => writeReceipt(manager, { runId: id, chunk: 0, lastId: '', findings: 0, vanished: 0 }));
}

function totalRows({ sides, amounts }: Declaration, runId: number, [side, group, code, rows, ...sums]: EngineValue[]): Cell[][] {
  const key = sides[engineInteger(side)]?.key ?? '';
  const text = String(group ?? '');
  if (text.length > GROUP_TEXT) throw new RangeError('the text of a group is too long');
  return amounts.map(({ column }, at) => [runId, text, key, column, String(code), engineInteger(rows), engineInteger(sums[at])]);
}

/** Writes the findings, a chunk with its receipt at a time; a run that was killed goes on after the last receipt. */
export async function recordFindings(store: Transactions, engine: Engine, declaration: Declaration, place: RecordPlace, onChunk: (done: number) => void): Promise<void> {
  const receipts = await store.read((manager) => manager.find(MatchingChunk, { where: { runId: place.run.id }, order: { chunk: 'ASC' } }));
  let last = { chunk: 0, lastId: '', ...receipts.at(-1) };
  let done = receipts.reduce((sum, { findings, vanished: gone }) => sum + findings + gone, 0);
  let waiting: Finding[] = [];
  const writeChunk = async (): Promise<void> => {
    const findings = waiting;
    waiting = [];
    last = { ...last, chunk: last.chunk + 1, lastId: findings.at(-1)?.id ?? last.lastId };
    await recordChunk(store, place, last.chunk, findings);
    done += findings.length;
    onChunk(done);
  };
  for await (const page of engine.pages(findingsQuery(declaration, last.lastId))) {
    for (const row of page) {
      waiting.push(findingOf(row));
      if (waiting.length === FINDINGS_A_CHUNK) await writeChunk();
    }
  }
  if (waiting.length > 0) await writeChunk();
}

function findingOf([id, keyText, groupText, code, kind, fields, fen, sides, today]: EngineValue[]): Finding {
  return {
    id: String(id), keyText: String(keyText), groupText: String(groupText), code: String(code), kind: kind as Finding['kind'],
    fields: String(fields), fen: engineInteger(fen), sides: String(sides), today: today === true,
  };
}

async function recordChunk(store: Transactions, place: RecordPlace, chunk: number, findings: readonly Finding[]): Promise<void> {
  const runId = place.run.id;
  await store.write(async (manager) => {
    const run = await lockRow(manager, MatchingRun, { id: runId });
    if (run?.state !== 'running' || (await manager.existsBy(MatchingChunk, { runId, chunk }))) return;
    await insertRows(manager, 'matching_finding', FINDINGS, findings.map(({ id, code, groupText, keyText, fields, fen, sides }) => [runId, id, code, groupText, keyText, fields, fen, sides]));
    if (place.movesLives) await moveLives(manager, place, findings);
    const gone = findings.filter(({ code }) => code === '').length;
    await writeReceipt(manager, { runId, chunk, lastId: findings.at(-1)?.id ?? '', findings: findings.length - gone, vanished: gone });
    await failpoint('after-answer-before-commit');
  });
  await failpoint('after-commit');
}

async function moveLives(manager: EntityManager, place: RecordPlace, findings: readonly Finding[]): Promise<void> {
  const known = new Map<string, MatchingDifference>();
  for (let first = 0; first < findings.length; first += 1_000) {
    const ids = findings.slice(first, first + 1_000).map(({ id }) => id);
    for (const each of await manager.find(MatchingDifference, { where: { id: In(ids) }, select: LIFE })) known.set(each.id, each);
  }
  const rows: Cell[][] = [];
  const events: Cell[][] = [];
  for (const finding of findings) {
    const before = known.get(finding.id) ?? null;
    const step = stepOf(finding, before);
    if (step === null) continue;
    const seq = (before?.events ?? 0) + (step.event ? 1 : 0);
    rows.push(differenceRow(place, finding, before, step, seq));
    if (step.event) events.push([finding.id, seq, step.event, step.state, finding.code || (before?.code ?? ''), place.run.id, null, null, place.now]);
  }
  await upsertRows(manager, DIFFERENCES, rows);
  await insertRows(manager, 'matching_event', EVENTS, events);
}

/** What a run needs to know of a difference: not what people wrote about it. */
const LIFE = {
  id: true, state: true, code: true, kind: true, content: true, firstDay: true, lastDay: true, firstRun: true, events: true, sides: true,
  fen: true, fields: true, groupText: true, keyText: true, changedAt: true,
} as const;

function stepOf(finding: Finding, before: (Known & { state: MatchingDifference['state'] }) | null): Step | null {
  if (finding.code === '') return before && isOpen(before.state) ? vanished(before, 'arrived') : null;
  return found(before, { code: finding.code, kind: finding.kind === 'expected' ? 'expected' : 'break', content: contentOf(finding) });
}

function contentOf({ sides }: Finding): string {
  return createHash('sha256').update(sides).digest('hex').slice(0, 32);
}

function differenceRow({ run, now }: RecordPlace, finding: Finding, before: MatchingDifference | null, step: Step, seq: number): Cell[] {
  const arrived = finding.code === '' && before !== null;
  const said = arrived
    ? [before.code, before.kind, before.fields, before.fen, JSON.stringify(before.sides), before.content]
    : [finding.code, finding.kind, finding.fields, finding.fen, finding.sides, contentOf(finding)];
  const lastDay = before === null || finding.today ? run.day : before.lastDay;
  return [
    finding.id, run.reconciliation, run.place, finding.keyText, before?.groupText ?? finding.groupText, ...said, step.state,
    before?.firstDay ?? run.day, arrived ? before.lastDay : lastDay, before?.firstRun ?? run.id, run.id, seq, step.event ? now : (before?.changedAt ?? now),
  ];
}

async function writeReceipt(manager: EntityManager, receipt: MatchingChunk): Promise<void> {
  await manager.insert(MatchingChunk, receipt);
}

/**
 * Resolves what this day showed before and no longer shows. Each page commits with its receipt; what is resolved is not found again,
 * so a run that was killed goes on.
 */
export async function resolveGone(store: Transactions, { scope }: Declaration, place: RecordPlace, onChunk: (done: number) => void): Promise<void> {
  if (!place.movesLives) return;
  const { id: runId, reconciliation, place: at, day } = place.run;
  const where = `reconciliation = ? AND place = ? AND last_run <> ? AND state IN (${OPEN_STATES.map(() => '?').join(', ')})${scope === 'day' ? ' AND last_day = ?' : ''}`;
  const values = [reconciliation, at, runId, ...OPEN_STATES, ...(scope === 'day' ? [day] : [])];
  for (;;) {
    const gone = await store.write(async (manager) => {
      const run = await lockRow(manager, MatchingRun, { id: runId });
      if (run?.state !== 'running') return 0;
      const rows: { id: string }[] = await manager.query(`SELECT id FROM matching_difference WHERE ${where} ORDER BY id LIMIT ${FINDINGS_A_CHUNK}`, values);
      if (rows.length === 0) return 0;
      const known = await manager.find(MatchingDifference, { where: { id: In(rows.map(({ id }) => id)) }, select: LIFE });
      await writeGone(manager, place, known);
      const chunk = 1 + (await manager.maximum(MatchingChunk, 'chunk', { runId }) ?? 0);
      const { lastId = '' } = (await manager.findOneBy(MatchingChunk, { runId, chunk: chunk - 1 })) ?? {};
      await writeReceipt(manager, { runId, chunk, lastId, findings: 0, vanished: rows.length });
      return rows.length;
    });
    if (gone === 0) return;
    onChunk(gone);
  }
}

async function writeGone(manager: EntityManager, { run, now }: RecordPlace, known: readonly MatchingDifference[]): Promise<void> {
  const rows = known.map((each): Cell[] => [
    each.id, run.reconciliation, run.place, each.keyText, each.groupText, each.code, each.kind, each.fields, each.fen, JSON.stringify(each.sides), each.content,
    vanished(each, 'gone').state, each.firstDay, each.lastDay, each.firstRun, run.id, each.events + 1, now,
  ]);
  await upsertRows(manager, DIFFERENCES, rows);
  await insertRows(manager, 'matching_event', EVENTS, known.map((each) => [each.id, each.events + 1, 'gone', 'resolved', each.code, run.id, null, null, now]));
}
