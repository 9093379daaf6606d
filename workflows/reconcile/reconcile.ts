import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineUpdate,
  log,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import type { DetailScope, OpenedReconciliation, ReconcileEnd, ReconcileInput, RoundInput, TotalsOutcome } from '../../domain/reconciliation/steps';
import { perform } from './steps';

/** Comparisons of one run: the first, and one after each time that differences were dealt with. */
const ROUNDS = 3;

const STATE_NAMES: Record<ReconcileEnd['state'], string> = {
  closed: '平，已日结',
  balanced: '平，未日结',
  differs: '不平',
  failed: '未能完成',
};

/**
 * An institution's daily reconciliation (日对账): totals by 3201; where they differ, or a lost answer is to be proven, the
 * detail file by 9101, 3202 and 9102. Every difference is adopted, undone by 2305, or given to a person; only a balanced
 * 3201 closes the day. Id: `reconcile/{institution}/{date}`, so a day has one run at a time. The update of the same name
 * waits for the end of the run and returns it.
 */
export async function reconcile(input: ReconcileInput): Promise<ReconcileEnd> {
  let end: ReconcileEnd | null = null;
  setHandler(defineUpdate<CommandResult, [CommandEnvelope]>('reconcile'), async (): Promise<CommandResult> => {
    await condition(() => end !== null);
    return { status: 'done', result: end };
  });
  show(input, 'running', '对账中');
  end = await run(input);
  show(input, end.state, `第 ${end.version} 次对账：${STATE_NAMES[end.state]}，${end.groups} 组，${end.open} 项差异待处理`);
  await condition(allHandlersFinished);
  return end;
}

async function run(input: ReconcileInput): Promise<ReconcileEnd> {
  const opened = await perform('openReconciliation', input, '开始对账');
  let round = 0;
  try {
    for (let scopes: readonly DetailScope[] = []; ; round += 1) {
      const at = { opened, round };
      const totals = await perform('compareTotals', at, `${nth(round)}对总账 3201`);
      scopes = union(scopes, totals.scopes);
      const open = await compareScopes(at, scopes);
      if (open === 0 || round + 1 === ROUNDS) return await finish(at, totals);
      await perform('settleDifferences', at, `处理 ${open} 项差异`);
    }
  } catch (error) {
    return fail(opened, round, error);
  }
}

/** Details of each scope; returns how many differences are open. */
async function compareScopes(at: RoundInput, scopes: readonly DetailScope[]): Promise<number> {
  let open = 0;
  for (const scope of scopes) {
    const details = await perform('compareDetails', { ...at, scope }, `${nth(at.round)}对明细 9101→3202→9102（${scope.clr_optins}）`);
    open += details.open;
  }
  return open;
}

async function finish(at: RoundInput, totals: TotalsOutcome): Promise<ReconcileEnd> {
  if (totals.scopes.length > 0) await perform('proveAbsent', { ...at, balanced: totals.unbalanced === 0 }, '核销观察名单');
  return perform('closeReconciliation', { ...at, totals }, '登记对账结果');
}

/** A run that cannot go on is recorded, also when it was cancelled: the next one starts anew and finds what was done. */
async function fail(opened: OpenedReconciliation, round: number, error: unknown): Promise<ReconcileEnd> {
  log.warn('reconciliation failed', { error });
  const reason = causeOf(error);
  return CancellationScope.nonCancellable(() => perform('failReconciliation', { opened, round, reason }, '登记对账失败'));
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}

function union(before: readonly DetailScope[], more: readonly DetailScope[]): readonly DetailScope[] {
  const known = (scope: DetailScope): boolean => before.some((each) => each.clr_type === scope.clr_type && each.clr_optins === scope.clr_optins);
  return [...before, ...more.filter((scope) => !known(scope))];
}

function nth(round: number): string {
  return round === 0 ? '' : `第${round + 1}次`;
}

function show({ institution, date }: ReconcileInput, status: string, text: string): void {
  setCurrentDetails(`**${date} 日对账**\n\n${text}`);
  upsertSearchAttributes({ Process: ['reconcile'], Institution: [institution], BusinessKey: [date], Status: [status] });
}
