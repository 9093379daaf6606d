import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { formatDateTime } from '../../domain/calendar';
import type { CommandResult, Refusal } from '../../domain/commands';
import { stepName, type CaseDefinition } from '../../domain/office-case/definition';
import { eventText } from '../../domain/office-case/event-text';
import { apply, workOf } from '../../domain/office-case/state';
import type { CaseStepOutcome, OfficeCaseSteps, OperationStep } from '../../domain/office-case/steps';
import { ACT_NAMES, caseIdOf, STATUS_NAMES, type ActCommand, type CaseState } from '../../domain/office-case/types';
import { calendarNote, waitsFor } from '../../domain/office-case/why';
import { fen, formatYuan } from '../../domain/money';
import { createStepRunner } from '../kit/steps';
import { openLine } from '../kit/turns';

export interface TimelineEntry {
  readonly at: number;
  readonly text: string;
}

export interface CarriedCase {
  readonly state: CaseState;
  readonly timeline: readonly TimelineEntry[];
}

const TIMELINE_KEPT = 100;

const steps = createStepRunner<OfficeCaseSteps>();

type Work = NonNullable<ReturnType<typeof workOf>>;

/** The case in this run: its state, and the steps that change it. */
export interface CaseRun {
  state(): CaseState;
  timeline(): readonly TimelineEntry[];
  /** Grows with every event; the main loop waits on it. */
  version(): number;
  /** What the run has to do by itself next, or null. */
  work(): Work | null;
  stepName(key: string): string;
  carried(): CarriedCase;
  /** What an operation is performed or undone with. */
  operationStep(work: Work): OperationStep;
  catchUp(): Promise<void>;
  judge(command: ActCommand): Promise<CommandResult>;
  refuseSignals(commandId: string, refusal: Refusal, count: number): Promise<void>;
  /** Reminders and the escalation due at a moment (epoch ms). */
  remind(at: number): Promise<void>;
  /** Takes over what a step of an operation committed. */
  take(step: () => Promise<CaseStepOutcome>): Promise<void>;
}

export function openCaseRun(definition: CaseDefinition, carried: CarriedCase): CaseRun {
  let { state } = carried;
  const timeline = [...carried.timeline];
  const caseId = caseIdOf(state);
  const inTurn = openLine();
  let shown = '';

  function show(): void {
    const text = describe(definition, state);
    if (text === shown) return;
    shown = text;
    setCurrentDetails(text);
    upsertSearchAttributes(attributesOf(definition, state));
  }

  /** An act may be judged while an operation runs, so what one has brought already is left out. */
  function applyAll(events: CaseStepOutcome['events']): void {
    for (const { seq, event } of events) {
      if (seq <= state.version) continue;
      state = apply(definition, state, event);
      timeline.push({ at: event.at, text: eventText(definition, state, event) });
    }
    timeline.splice(0, Math.max(0, timeline.length - TIMELINE_KEPT));
    show();
  }

  async function take(step: () => Promise<CaseStepOutcome>): Promise<CommandResult> {
    const { result, events } = await step();
    applyAll(events);
    return result;
  }

  /**
   * Fast steps run one at a time. Two local activities under way together would end in one activation when the run is
   * replayed, though they ended in two when it was live, and what waits between them would decide otherwise.
   */
  function run(step: () => Promise<CaseStepOutcome>): Promise<CommandResult> {
    return inTurn(() => take(step));
  }

  const at = (): { caseId: string; version: number } => ({ caseId, version: state.version });

  return {
    state: () => state,
    timeline: () => timeline,
    version: () => state.version,
    work: () => workOf(definition, state),
    stepName: (key) => stepName(definition, key),
    carried: () => ({ state, timeline }),
    operationStep: ({ step, round }) => ({ ...at(), step, round }),
    catchUp: async () => void (await run(() => steps.run('catchUp', at(), '核对办件进度'))),
    judge: (command) => run(() => steps.run('judge', { ...at(), command }, summaryOf(definition, command))),
    refuseSignals: async (commandId, refusal, count) =>
      void (await run(() => steps.run('refuseSignal', { ...at(), commandId, refusal, count }, `登记未受理的信号 ${count} 个`))),
    remind: async (moment) => void (await run(() => steps.run('remind', { ...at(), at: moment }, '期限提醒'))),
    take: async (step) => void (await take(step)),
  };
}

function summaryOf(definition: CaseDefinition, { payload }: ActCommand): string {
  const step = definition.chain.find((each) => each.key === payload.step);
  return `${step?.zh ?? '经办'}：${ACT_NAMES[payload.act]}`;
}

/** Where the case stands, for the Temporal UI's current details; no personal data. */
function describe(definition: CaseDefinition, state: CaseState): string {
  const { extract, timing } = state;
  const lines = [
    `**${definition.zh} · ${STATUS_NAMES[state.status]}** ${waitsFor(definition, state)}`,
    `${state.caseNo} · 辖区 ${state.division} · 第 ${state.round} 轮${extract.period === null ? '' : ` · ${extract.period}`}`,
    ...(extract.amountFen === null ? [] : [`金额 ${formatYuan(fen(extract.amountFen))} 元`]),
    ...(timing?.dueAt ? [`期限 ${formatDateTime(timing.dueAt)}${calendarNote(timing)}`] : []),
    ...chainLines(definition, state),
    ...(state.failure === null ? [] : [`原因：${state.failure.message}`]),
  ];
  return lines.join('\n\n');
}

function chainLines(definition: CaseDefinition, state: CaseState): string[] {
  return definition.chain.map((step) => {
    if (state.skipped.includes(step.key)) return `－ ${step.zh}（不需要）`;
    const slots = state.slots[step.key] ?? [];
    const done = slots.filter((slot) => ['signed', 'objected', 'tacit'].includes(slot.state)).length;
    const mark = state.step === step.key ? '▶' : done > 0 || state.results[step.key] ? '✓' : '○';
    return `${mark} ${step.zh}${slots.length > 1 ? ` ${done}/${slots.length}` : ''}`;
  });
}

function attributesOf(definition: CaseDefinition, state: CaseState): Parameters<typeof upsertSearchAttributes>[0] {
  const { extract, timing } = state;
  return {
    Process: ['officeCase'],
    PoolArea: [state.division],
    BusinessKey: [state.caseNo],
    Status: [state.status],
    WaitsFor: [waitsFor(definition, state)],
    AmountFen: extract.amountFen === null ? [] : [extract.amountFen],
    Period: extract.period === null ? [] : [Number(extract.period.replace('-', ''))],
    DueAt: timing?.dueAt ? [new Date(timing.dueAt)] : [],
    Parties: [...new Set(Object.values(extract.parties).flat().map(({ division }) => division))],
    FunctionIds: [...definition.functions],
  };
}
