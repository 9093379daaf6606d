import { addressOf, ask, askFile, newKey, problemOf, writeHeaders } from './http';
import type {
  AbnormalRow, Act, Attachment, Batch, BatchKind, BatchOrder, BatchPage, BatchProgress, BatchRejects, BatchToOpen, Briefing, BulkItem, BulkResult,
  CaseAccepted, CaseDefinition, CaseView, ClearingBatch, ClearingBatchPage, ClearingComparison, ClearingItemPage, ClearingLine, DelegationRow,
  DisbursementDraft, Division, DocumentPage, DocumentRow, DocumentSerials, DocumentVerdict, Form, InboxPage, InboxTab, InstitutionDraft,
  IssueDocument, IssuePage, LevyPage, LogIn, MoneyTrail, MonthCheck, MovementPage, Objection, ObjectionPreview, OpinionPhrase, OrderPage, Page,
  Payable, Payment, PaymentOrder, PaymentPage, PersonPage, Posts, PrepaymentBalance, PrepaymentPool, QuotaPage, Role, Session, SessionReady,
  Statistics, StayEvent, StayMoney, StaySummary, StayView, StuckWork, TimelineEntry, UnitPage, UnknownOutcome, WarningPage, Why,
} from './types';

/** The routes of the API, one function each. All throw ApiProblem. */

const part = encodeURIComponent;
const casePath = (caseNo: string): string => `/v1/office-cases/${part(caseNo)}`;

export const session = {
  open: (login: string, password: string) => ask<LogIn>('/v1/session', { method: 'POST', body: { login, password } }),
  secondFactor: (challenge: string, code: string) => ask<LogIn>('/v1/session/second-factor', { method: 'POST', body: { challenge, code } }),
  read: () => ask<Session>('/v1/session'),
  close: () => ask<unknown>('/v1/session', { method: 'DELETE' }),
  changePassword: (oldPassword: string, newPassword: string) =>
    ask<SessionReady>('/v1/session/password', { method: 'POST', body: { oldPassword, newPassword } }),
  beginTotp: () => ask<{ readonly secret: string; readonly uri: string }>('/v1/session/totp', { method: 'POST' }),
  confirmTotp: (code: string, presentCode?: string) =>
    ask<SessionReady>('/v1/session/totp/confirm', { method: 'POST', body: { code, ...(presentCode === undefined ? {} : { presentCode }) } }),
};

export interface InboxQuery {
  readonly view: InboxTab;
  readonly definition?: string;
  readonly division?: string;
  readonly period?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export const cases = {
  inbox: (query: InboxQuery, signal?: AbortSignal) => ask<InboxPage>('/v1/inbox', { query: { ...query }, ...(signal ? { signal } : {}) }),
  /** What a list of a form may begin with, from the address that its definition names. */
  knownRows: async (address: string) => (await ask<{ readonly items: readonly Form[] }>(address)).items,
  definitions: async () => (await ask<{ readonly items: readonly CaseDefinition[] }>('/v1/case-definitions')).items,
  open: (body: { definition: string; division: string; form: Form; submit: boolean }, key: string) =>
    ask<CaseView | CaseAccepted>('/v1/office-cases', { method: 'POST', body, key }),
  read: (caseNo: string) => ask<CaseView>(casePath(caseNo)),
  why: (caseNo: string) => ask<Why>(`${casePath(caseNo)}/why`),
  /** Records that the reader read the copy that he got. */
  readCopy: (caseNo: string) => ask<{ readonly readAt: number }>(`${casePath(caseNo)}/reading`, { method: 'POST' }),
  briefing: (caseNo: string) => ask<Briefing>(`${casePath(caseNo)}/briefing`),
  timeline: async (caseNo: string) => (await ask<{ readonly items: readonly TimelineEntry[] }>(`${casePath(caseNo)}/timeline`)).items,
  act: (caseNo: string, act: Act, key: string) => ask<CaseView | CaseAccepted>(`${casePath(caseNo)}/acts`, { method: 'POST', body: act, key }),
  previewBulk: (act: 'approve', items: readonly Omit<BulkItem, 'seenHash'>[]) =>
    ask<{ readonly items: readonly BulkResult[] }>('/v1/office-cases/bulk-acts/preview', { method: 'POST', body: { act, items } }),
  bulkAct: (act: 'approve', items: readonly BulkItem[], opinion: string, key: string) =>
    ask<{ readonly items: readonly BulkResult[] }>('/v1/office-cases/bulk-acts', { method: 'POST', body: { act, items, opinion }, key }),
  attachmentUrl: (caseNo: string, id: string) => `${casePath(caseNo)}/attachments/${part(id)}`,
  withdrawAttachment: (caseNo: string, id: string, reason: string) =>
    ask<Attachment>(`${casePath(caseNo)}/attachments/${part(id)}/withdrawal`, { method: 'POST', body: { reason } }),
  documentUrl: (caseNo: string) => `${casePath(caseNo)}/document`,
};

const PHRASES = '/v1/opinion-phrases';

export const phrases = {
  list: async () => (await ask<{ readonly items: readonly OpinionPhrase[] }>(PHRASES)).items,
  add: async (text: string) => (await ask<{ readonly items: readonly OpinionPhrase[] }>(PHRASES, { method: 'POST', body: { text } })).items,
  remove: async (id: string) => (await ask<{ readonly items: readonly OpinionPhrase[] }>(`${PHRASES}/${part(id)}`, { method: 'DELETE' })).items,
};

/** Sends a file as the raw body and tells how much has left, 0 to 1. */
export function uploadAttachment(caseNo: string, file: File, progress: (done: number) => void): Promise<Attachment> {
  return upload(`${casePath(caseNo)}/attachments`, file, { ...writeHeaders(newKey()), 'Content-Type': 'application/octet-stream', 'X-File-Name': part(file.name) }, progress);
}

/** Sends a register file; its batch begins. */
export function uploadRegister(file: File, charset: string, progress: (done: number) => void): Promise<Batch> {
  const type = /\.(nd)?jsonl?$/i.test(file.name) ? 'application/x-ndjson' : `text/csv; charset=${charset}`;
  return upload('/v1/contribution/register-files', file, { ...writeHeaders(), 'Content-Type': type }, progress);
}

function upload<T>(path: string, file: File, headers: Readonly<Record<string, string>>, progress: (done: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    for (const [name, value] of Object.entries({ ...headers, 'Accept-Language': document.documentElement.lang })) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && progress(loaded / total);
    request.onload = () => (request.status < 300 ? resolve(request.response as T) : reject(problemOf(request.status, request.response)));
    request.onerror = () => reject(problemOf(0, undefined));
    request.send(file);
  });
}

export interface OfficeUserRow {
  readonly userId: string;
  readonly loginName: string;
  readonly name: string;
  readonly state: 'active' | 'disabled';
  readonly posts: readonly { readonly role: string; readonly division: string }[];
  /** An activation code may be handed out. */
  readonly activation: boolean;
}
export interface AssignmentRow {
  readonly id: number;
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly division: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}
export interface AuditRow {
  readonly id: number;
  readonly at: number;
  readonly userId: string | null;
  readonly name: string | null;
  /** Name of the event. */
  readonly act: string;
  readonly subject: string | null;
  readonly origin: string;
  readonly detail: string | null;
  /** False where the row was tampered with. */
  readonly intact: boolean;
}

type Cursor = Readonly<Record<string, string | number | undefined>>;

export const people = {
  users: (query: Cursor) => ask<Page<OfficeUserRow>>('/v1/people/users', { query }),
  roles: async () => (await ask<{ readonly items: readonly Role[] }>('/v1/people/roles')).items,
  divisions: async () => (await ask<{ readonly items: readonly Division[] }>('/v1/people/divisions')).items,
  assignments: (query: Cursor) => ask<Page<AssignmentRow>>('/v1/people/assignments', { query }),
  delegations: (query: Cursor) => ask<Page<DelegationRow>>('/v1/people/delegations', { query }),
  audit: (query: Cursor) => ask<Page<AuditRow>>('/v1/people/audit', { query }),
  posts: () => ask<Posts>('/v1/people/posts'),
  activate: (userId: string) => ask<{ readonly code: string; readonly expiresAt: number }>(`/v1/people/users/${part(userId)}/activation`, { method: 'POST' }),
  delegate: (body: { toUser: string; role?: string; reason?: string; validFrom: string; validTo: string }, key: string) =>
    ask<DelegationRow>('/v1/delegations', { method: 'POST', body, key }),
  revoke: (id: string) => ask<unknown>(`/v1/delegations/${part(id)}`, { method: 'DELETE' }),
  unmask: async (subject: string, field: string, reason: string) =>
    (await ask<{ readonly value: string }>('/v1/unmask', { method: 'POST', body: { subject, field, reason } })).value,
};

const stayPath = (institution: string, iptNo: string): string => `/v1/stays/${part(institution)}/${part(iptNo)}`;

export const stays = {
  list: (query: Cursor) => ask<Page<StaySummary>>('/v1/stays', { query }),
  read: (institution: string, iptNo: string, round?: number) => ask<StayView>(stayPath(institution, iptNo), { query: { round } }),
  money: (institution: string, iptNo: string, round?: number) => ask<StayMoney>(`${stayPath(institution, iptNo)}/money`, { query: { round } }),
  timeline: (institution: string, iptNo: string, query: Cursor) => ask<Page<StayEvent>>(`${stayPath(institution, iptNo)}/timeline`, { query }),
  sheetUrl: (institution: string, iptNo: string, query: Readonly<Record<string, string>>) =>
    `${stayPath(institution, iptNo)}/sheet?${new URLSearchParams(query).toString()}`,
};

export const ops = {
  abnormal: (query: Cursor) => ask<Page<AbnormalRow>>('/v1/ops/abnormal-items', { query }),
  unknown: (query: Cursor) => ask<Page<UnknownOutcome>>('/v1/ops/unknown-outcomes', { query }),
  stuck: () => ask<Page<StuckWork>>('/v1/ops/stuck'),
  batches: () => ask<Page<BatchProgress>>('/v1/ops/batches'),
};

const batchPath = (id: string): string => `/v1/clearing/batches/${part(id)}`;
export type TableFormat = 'csv' | 'xlsx';
const tableUrl = (path: string, query: Cursor, format: TableFormat): string => addressOf(path, { ...query, format });
type Items<T> = { readonly items: readonly T[] };

export const clearing = {
  batches: (query: Cursor) => ask<ClearingBatchPage>('/v1/clearing/batches', { query }),
  batch: (id: string) => ask<ClearingBatch>(batchPath(id)),
  lines: async (id: string, query: Cursor) => (await ask<Items<ClearingLine>>(`${batchPath(id)}/lines`, { query })).items,
  linesUrl: (id: string, query: Cursor, format: TableFormat) => tableUrl(`${batchPath(id)}/lines`, query, format),
  items: (id: string, query: Cursor) => ask<ClearingItemPage>(`${batchPath(id)}/items`, { query }),
  previewObjections: (id: string, body: Pick<Objection, 'city' | 'side' | 'setlIds'>) => ask<ObjectionPreview>(`${batchPath(id)}/objections/preview`, { method: 'POST', body }),
  object: (id: string, body: Objection) => ask<{ readonly named: number }>(`${batchPath(id)}/objections`, { method: 'POST', body }),
  comparison: async (id: string) => (await ask<Items<ClearingComparison>>(`${batchPath(id)}/comparison`)).items,
  payables: async (id: string) => (await ask<Items<Payable>>(`${batchPath(id)}/payables`)).items,
  payablesUrl: (id: string, format: TableFormat) => tableUrl(`${batchPath(id)}/payables`, {}, format),
  statistics: (kind: string, query: Cursor) => ask<Statistics>(`/v1/clearing/statistics/${part(kind)}`, { query }),
  statisticsUrl: (kind: string, query: Cursor, format: TableFormat) => tableUrl(`/v1/clearing/statistics/${part(kind)}`, query, format),
};

const runPath = (id: string): string => `/v1/batches/${part(id)}`;

export const batches = {
  kinds: async () => (await ask<Items<BatchKind>>('/v1/batch-kinds')).items,
  list: (query: Cursor) => ask<BatchPage>('/v1/batches', { query }),
  read: (id: string) => ask<Batch>(runPath(id)),
  open: (body: BatchToOpen, key: string) => ask<Batch>('/v1/batches', { method: 'POST', body, key }),
  order: (id: string, body: BatchOrder, key: string) => ask<Batch>(`${runPath(id)}/orders`, { method: 'POST', body, key }),
  rejects: (id: string, query: Cursor) => ask<BatchRejects>(`${runPath(id)}/rejects`, { query }),
  rejectsUrl: (id: string, format: TableFormat) => tableUrl(`${runPath(id)}/rejects`, {}, format),
};

export const contribution = {
  units: (query: Cursor) => ask<UnitPage>('/v1/contribution/units', { query }),
  persons: (query: Cursor) => ask<PersonPage>('/v1/contribution/persons', { query }),
  levies: (query: Cursor) => ask<LevyPage>('/v1/contribution/levies', { query }),
};

const poolPath = (city: string, fund: string): string => `/v1/prepayment/pools/${part(city)}/${part(fund)}`;

export const prepayment = {
  pools: async (query: Cursor) => (await ask<Items<PrepaymentPool>>('/v1/prepayment/pools', { query })).items,
  balances: async (query: Cursor) => (await ask<Items<PrepaymentBalance>>('/v1/prepayment/balances', { query })).items,
  movements: (city: string, fund: string, query: Cursor) => ask<MovementPage>(`${poolPath(city, fund)}/movements`, { query }),
  quotas: (query: Cursor) => ask<QuotaPage>('/v1/prepayment/quotas', { query }),
  warnings: (query: Cursor) => ask<WarningPage>('/v1/prepayment/warnings', { query }),
};

export const payments = {
  orders: (query: Cursor) => ask<OrderPage>('/v1/payment-orders', { query }),
  order: (orderNo: string) => ask<PaymentOrder>(`/v1/payment-orders/${part(orderNo)}`),
  list: (query: Cursor) => ask<PaymentPage>('/v1/payments', { query }),
  read: (paymentNo: string) => ask<Payment>(`/v1/payments/${part(paymentNo)}`),
  /** What a care city can pay its institutions by a fund of a batch. */
  disbursementDraft: (query: Cursor) => ask<DisbursementDraft>('/v1/disbursement-drafts', { query }),
  institutionDraft: (query: Cursor) => ask<InstitutionDraft>('/v1/institution-drafts', { query }),
  /** A batch's payables beside what was confirmed of them. */
  check: (batch: string) => ask<MonthCheck>('/v1/payment-checks', { query: { batch } }),
};

export const issues = {
  list: (query: Cursor) => ask<IssuePage>('/v1/xr-issues', { query }),
};

/** Why a process stands where it stands, by the id of its workflow. */
export const whyOf = (workflowId: string): Promise<Why> => ask<Why>(`/v1/processes/${part(workflowId)}/why`);

export const moneyTrail = {
  /** The way of the money from one thing, or with `level` and `cursor` the next page of one level. */
  follow: (query: Cursor) => ask<MoneyTrail>('/v1/money-trail', { query }),
};

const documentPath = (number: string): string => `/v1/documents/${part(number)}`;

export const documents = {
  list: (query: Cursor) => ask<DocumentPage>('/v1/documents', { query }),
  serials: async () => (await ask<Items<DocumentSerials>>('/v1/document-serials')).items,
  issue: (body: IssueDocument) => ask<DocumentRow>('/v1/documents', { method: 'POST', body }),
  void: (number: string, body: { readonly reason: string; readonly reissue: boolean }) =>
    ask<{ readonly voided: DocumentRow; readonly reissued: DocumentRow | null }>(`${documentPath(number)}/void`, { method: 'POST', body }),
  verify: (number: string, hash: string) => ask<DocumentVerdict>(`${documentPath(number)}/verify`, { query: { hash } }),
  /** Marked as a preview; nothing is recorded. */
  previewUrl: (number: string, format: 'html' | 'pdf') => addressOf(documentPath(number), { format }),
  /** Records a print and brings its PDF. */
  print: (number: string, key: string) => askFile(`${documentPath(number)}/prints`, { method: 'POST', query: { format: 'pdf' }, key }),
};
