import { addressOf, ask, askFile, newKey, problemOf, writeHeaders } from './http';
import type {
  AbnormalRow, Act, Attachment, BatchProgress, BulkItem, BulkResult, CaseAccepted, CaseDefinition, CaseView, ClearingBatch, ClearingBatchPage,
  ClearingComparison, ClearingItemPage, ClearingLine, DelegationRow, Division, DocumentPage, Form, InboxPage, InboxTab, LogIn, MovementPage,
  OrderPage, Page, Payable, PaymentOrder, PaymentPage, Posts, PrepaymentBalance, PrepaymentPool, QuotaPage, Role, Session, SessionReady,
  Statistics, StayEvent, StayMoney, StaySummary, StayView, StuckWork, TimelineEntry, UnknownOutcome, WarningPage,
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
  timeline: async (caseNo: string) => (await ask<{ readonly items: readonly TimelineEntry[] }>(`${casePath(caseNo)}/timeline`)).items,
  act: (caseNo: string, act: Act, key: string) => ask<CaseView | CaseAccepted>(`${casePath(caseNo)}/acts`, { method: 'POST', body: act, key }),
  previewBulk: (act: 'approve', items: readonly Omit<BulkItem, 'seenHash'>[]) =>
    ask<{ readonly items: readonly BulkResult[] }>('/v1/office-cases/bulk-acts/preview', { method: 'POST', body: { act, items } }),
  bulkAct: (act: 'approve', items: readonly BulkItem[], opinion: string, key: string) =>
    ask<{ readonly items: readonly BulkResult[] }>('/v1/office-cases/bulk-acts', { method: 'POST', body: { act, items, opinion }, key }),
  attachmentUrl: (caseNo: string, id: string) => `${casePath(caseNo)}/attachments/${part(id)}`,
  documentUrl: (caseNo: string) => `${casePath(caseNo)}/document`,
};

/** Sends a file as the raw body and tells how much has left, 0 to 1. */
export function uploadAttachment(caseNo: string, file: File, progress: (done: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${casePath(caseNo)}/attachments`);
    request.responseType = 'json';
    const headers = { ...writeHeaders(newKey()), 'Content-Type': 'application/octet-stream', 'X-File-Name': part(file.name) };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && progress(loaded / total);
    request.onload = () => (request.status < 300 ? resolve(request.response as Attachment) : reject(problemOf(request.status, request.response)));
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
const csvUrl = (path: string, query: Cursor): string => addressOf(path, { ...query, format: 'csv' });
type Items<T> = { readonly items: readonly T[] };

export const clearing = {
  batches: (query: Cursor) => ask<ClearingBatchPage>('/v1/clearing/batches', { query }),
  batch: (id: string) => ask<ClearingBatch>(batchPath(id)),
  lines: async (id: string, query: Cursor) => (await ask<Items<ClearingLine>>(`${batchPath(id)}/lines`, { query })).items,
  linesUrl: (id: string, query: Cursor) => csvUrl(`${batchPath(id)}/lines`, query),
  items: (id: string, query: Cursor) => ask<ClearingItemPage>(`${batchPath(id)}/items`, { query }),
  comparison: async (id: string) => (await ask<Items<ClearingComparison>>(`${batchPath(id)}/comparison`)).items,
  payables: async (id: string) => (await ask<Items<Payable>>(`${batchPath(id)}/payables`)).items,
  payablesUrl: (id: string) => csvUrl(`${batchPath(id)}/payables`, {}),
  statistics: (kind: string, query: Cursor) => ask<Statistics>(`/v1/clearing/statistics/${part(kind)}`, { query }),
  statisticsUrl: (kind: string, query: Cursor) => csvUrl(`/v1/clearing/statistics/${part(kind)}`, query),
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
};

const documentPath = (number: string): string => `/v1/documents/${part(number)}`;

export const documents = {
  list: (query: Cursor) => ask<DocumentPage>('/v1/documents', { query }),
  /** Marked as a preview; nothing is recorded. */
  previewUrl: (number: string, format: 'html' | 'pdf') => addressOf(documentPath(number), { format }),
  /** Records a print and brings its PDF. */
  print: (number: string, key: string) => askFile(`${documentPath(number)}/prints`, { method: 'POST', query: { format: 'pdf' }, key }),
};
