/** What the API answers, as the pages read it. Amounts are integers of fen, times milliseconds since 1970. */

import type { z } from 'zod';
import type { CaseDefinition as Definition } from '../domain/office-case/definition';
import type { batchKindList, batchList, batchOrder, batchRejects, batchToOpen, batchView as batchRunView } from '../schemas/api/batches';
import type { leviesPage, personsPage, unitsPage } from '../schemas/api/contribution';
import type { batchPage, batchView, comparisonView, itemsPage, linesView, objectionBody, objectionPreview, payablesView, statisticsView } from '../schemas/api/clearing';
import type { documentPage, documentRow, issueBody, serialsView, verdict } from '../schemas/api/documents';
import type { inboxItem, inboxPage } from '../schemas/api/inbox';
import type { actBody, attachmentView, bulkActBody, bulkResults, caseAccepted, caseView, definitionList, timelineEntry, whyView } from '../schemas/api/office-cases';
import type { briefingView } from '../schemas/api/briefing';
import type { moneyTrailView } from '../schemas/api/money-trail';
import type { batchesPage, opsAbnormalPage, stuckPage, unknownPage } from '../schemas/api/ops';
import type { balancesView, draftView, institutionDraftView, issuesPage, monthCheckView, movementsPage, orderView, ordersPage, paymentsPage, paymentView, poolsView, quotasPage, warningsPage } from '../schemas/api/prepayment';
import type { phraseList } from '../schemas/api/phrases';
import type { delegationView, divisionsView, logInAnswer, postsView, rolesView, sessionReady, sessionView } from '../schemas/api/people';

export type { CaseActName as ActName } from '../domain/office-case/types';
export type { FormField } from '../domain/office-case/definition';
export type { Right } from '../domain/people/role-keys';

export type Session = z.output<typeof sessionView>;
export type LogIn = z.output<typeof logInAnswer>;
export type SessionReady = z.output<typeof sessionReady>;
export type SessionUser = Session['user'];

export type DueState = 'ok' | 'soon' | 'over';
export type InboxTab = 'todo' | 'done' | 'mine' | 'delegated' | 'overdue' | 'copies';

/** Where one signature belongs. */
export interface SlotPlace {
  readonly caseNo: string;
  readonly step: string;
  readonly slot: string | null;
  readonly round: number;
}

export type InboxItem = z.output<typeof inboxItem>;
export type InboxPage = z.output<typeof inboxPage>;

export type FormValue = string | number | boolean | null | undefined | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };
export interface FormChange { readonly field: string; readonly before: FormValue; readonly after: FormValue }

type Listed = z.output<typeof definitionList>['items'][number];
export interface CaseDefinition extends Omit<Listed, 'form' | 'chain'>, Pick<Definition, 'form' | 'chain'> {}

type Viewed = z.output<typeof caseView>;
export interface CaseView extends Omit<Viewed, 'form' | 'formChanges'> {
  readonly form: Form;
  readonly formChanges: readonly FormChange[];
}
export type ChainStep = Viewed['chain'][number];
export type ChainSlot = ChainStep['slots'][number];
export type TimelineEntry = z.output<typeof timelineEntry>;
export type Attachment = z.output<typeof attachmentView>;
/** A command that was taken in and is not done yet. */
export type CaseAccepted = z.output<typeof caseAccepted>;
export type Act = z.input<typeof actBody>;
export type OpinionPhrase = z.output<typeof phraseList>['items'][number];
export type BulkItem = z.input<typeof bulkActBody>['items'][number];
export type BulkResult = z.output<typeof bulkResults>['items'][number];

export type Division = z.output<typeof divisionsView>['items'][number];
export type Role = z.output<typeof rolesView>['items'][number];
export type Posts = z.output<typeof postsView>;
export type DelegationRow = z.output<typeof delegationView>;

export type BatchKind = z.output<typeof batchKindList>['items'][number];
export type BatchPage = z.output<typeof batchList>;
export type BatchRow = BatchPage['items'][number];
export type Batch = z.output<typeof batchRunView>;
export type BatchRejects = z.output<typeof batchRejects>;
export type BatchOrder = z.input<typeof batchOrder>;
export type BatchToOpen = z.input<typeof batchToOpen>;
export type UnitPage = z.output<typeof unitsPage>;
export type PersonPage = z.output<typeof personsPage>;
export type LevyPage = z.output<typeof leviesPage>;

export type ClearingBatchPage = z.output<typeof batchPage>;
export type ClearingBatch = z.output<typeof batchView>;
export type ClearingLine = z.output<typeof linesView>['items'][number];
export type ClearingItemPage = z.output<typeof itemsPage>;
export type ObjectionPreview = z.output<typeof objectionPreview>;
export type Objection = z.input<typeof objectionBody>;
export type ClearingComparison = z.output<typeof comparisonView>['items'][number];
export type Payable = z.output<typeof payablesView>['items'][number];
export type Statistics = z.output<typeof statisticsView>;

export type PrepaymentPool = z.output<typeof poolsView>['items'][number];
export type PrepaymentBalance = z.output<typeof balancesView>['items'][number];
export type MovementPage = z.output<typeof movementsPage>;
export type QuotaPage = z.output<typeof quotasPage>;
export type WarningPage = z.output<typeof warningsPage>;
export type OrderPage = z.output<typeof ordersPage>;
export type PaymentOrder = z.output<typeof orderView>;
export type PaymentPage = z.output<typeof paymentsPage>;

export type Payment = z.output<typeof paymentView>;
export type DisbursementDraft = z.output<typeof draftView>;
export type InstitutionDraft = z.output<typeof institutionDraftView>;
export type MonthCheck = z.output<typeof monthCheckView>;
export type IssuePage = z.output<typeof issuesPage>;
export type IssueRow = IssuePage['items'][number];
export type Briefing = z.output<typeof briefingView>;
export type Why = z.output<typeof whyView>;
export type MoneyTrail = z.output<typeof moneyTrailView>;
export type TrailNode = MoneyTrail['levels'][number]['items'][number];

export type DocumentPage = z.output<typeof documentPage>;
export type DocumentRow = z.output<typeof documentRow>;
export type DocumentSerials = z.output<typeof serialsView>['items'][number];
export type DocumentVerdict = z.output<typeof verdict>;
export type IssueDocument = z.input<typeof issueBody>;

/** A page of a list whose next page is asked for by a mark. */
export interface Page<T> { readonly items: readonly T[]; readonly nextCursor: string | null }

export interface StaySummary {
  readonly institution: string;
  readonly institutionName: string;
  readonly iptNo: string;
  readonly round: number;
  readonly stage: string;
  /** Masked. */
  readonly patientName: string | null;
  readonly insutype: string | null;
  readonly medType: string;
  readonly admittedAt: string | null;
  readonly dischargedAt: string | null;
  readonly waitsFor: string;
  readonly dueAt: number | null;
  readonly medfeeFen: number;
  readonly fundFen: number;
  readonly depositFen: number;
}

export interface StaySettlement {
  readonly setlId: string;
  readonly kind: 'interim' | 'final';
  readonly status: 'live' | 'cancelled' | 'held';
  readonly setlTime: string;
  readonly amounts: Readonly<Record<string, number>>;
  readonly depositAppliedFen: number;
  readonly depositRefundFen: number;
  readonly topUpFen: number;
}

export interface StayView extends StaySummary {
  readonly certnoMasked: string | null;
  readonly workflowId: string;
  readonly mdtrtId: string | null;
  readonly settlements: readonly StaySettlement[];
}

export interface StayMoney {
  readonly medfeeFen: number;
  readonly unsettledFen: number;
  readonly settledFen: number;
  readonly depositFen: number;
  readonly deposits: Readonly<Record<string, number>>;
  readonly preSettlement: Readonly<Record<string, number>> | null;
  readonly settlements: readonly StaySettlement[];
}

export interface StayEvent { readonly seq: number; readonly at: number; readonly kind: string; readonly text: string }

export type AbnormalRow = z.output<typeof opsAbnormalPage>['items'][number];
export type UnknownOutcome = z.output<typeof unknownPage>['items'][number];
export type StuckWork = z.output<typeof stuckPage>['items'][number];
export type BatchProgress = z.output<typeof batchesPage>['items'][number];
