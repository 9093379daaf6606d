import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDateTime } from '../../domain/calendar';
import { fileNameOf } from '../../domain/files/file-name';
import { planFile } from '../../domain/files/plan-file';
import { headerOf, writeFile, type FileHead } from '../../domain/files/write-file';
import { readRows } from '../../domain/files/read-rows';
import { readyText } from '../../domain/files/ready-file';
import { scanFile, type FileReport } from '../../domain/files/scan-file';
import { checkDigit } from '../../domain/identity';
import { createHash } from 'node:crypto';
import { shippedFormat } from '../../schemas/files/load-formats';
import type { LevyRow, PaymentRow, ReceiptRow, TotalRow } from '../../schemas/tax/fields';
import type { ItemCode } from '../../schemas/tax/items';
import type { MachineryOptions } from '../../sandbox/tax/machinery';
import { startTaxSandbox, type TaxSandbox } from '../../sandbox/tax/server';
import { HEAD, inPieces, levyRow, makeFile } from '../files/support';

export const FORMAT = shippedFormat('gbk-fixed-1');
/** The first morning of every test. */
export const MORNING = '2026-11-02 09:00:00';

export interface Task {
  readonly task_no: string;
  readonly name: string;
  readonly state: string;
  readonly code: string;
  readonly text: string;
  readonly answer: string;
  readonly refused: number;
  readonly repeated: boolean;
  readonly sm3: string;
}
export interface Listed {
  readonly cursor: number;
  readonly name: string;
  readonly item: ItemCode;
  readonly at: string;
  readonly ready: boolean;
}
export interface Fetched extends Listed {
  readonly report: FileReport;
  readonly rows: PaymentRow[];
  readonly sm3: string;
}

/** A bureau's side of the exchange, and the controls of the office. */
export class Bureau {
  private serial = 0;
  private cursor = 0;

  constructor(
    readonly office: Pick<TaxSandbox, 'url' | 'close'>,
    readonly errors: unknown[],
    readonly dataDir: string,
  ) {}

  async control<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.office.url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  async records<T = Record<string, unknown>>(kind: string): Promise<T[]> {
    return (await this.control<Record<string, T[]>>('GET', `/_records?kind=${kind}`))[kind] ?? [];
  }

  /** Moves the office's clock to a moment of Beijing time, and lets it live until then. */
  at(moment: string): Promise<unknown> {
    return this.control('PUT', '/_clock', { offsetMs: parseDateTime(moment) - Date.now() });
  }

  order(...payments: object[]): Promise<unknown> {
    return this.control('PUT', '/_payments', { payments });
  }

  faults(...faults: object[]): Promise<unknown> {
    return this.control('PUT', '/_faults', { faults });
  }

  async file(item: ItemCode, rows: readonly object[], head: Partial<FileHead> = {}): Promise<{ name: string; bytes: Buffer; ok: string }> {
    this.serial += 1;
    const made = await makeFile(FORMAT, item, rows, { ...(item === 'TS' ? { line: 'TS' } : { line: 'LH' }), file_sn: this.serial, made_at: MORNING, ...head });
    return { name: made.name, bytes: made.bytes, ok: okOf(made.bytes, made.plan.totals.rows, made.plan.totals.amt_sum) };
  }

  /** A 对账 file of totals only. */
  async totals(summary: readonly TotalRow[]): Promise<{ name: string; bytes: Buffer; ok: string }> {
    this.serial += 1;
    const plan = await planFile(FORMAT, 'DZ', []);
    const header = headerOf({ ...HEAD, line: 'LH', file_sn: this.serial, made_at: MORNING }, plan, FORMAT, summary);
    const parts: Buffer[] = [];
    for await (const chunk of writeFile(FORMAT, header, plan, [], summary).chunks) parts.push(chunk);
    const bytes = Buffer.concat(parts);
    return { name: fileNameOf(header, FORMAT), bytes, ok: okOf(bytes, 0, header.amt_sum) };
  }

  put(path: string, body: Buffer | string): Promise<Response> {
    return fetch(`${this.office.url}/files/${path}`, { method: 'PUT', body: typeof body === 'string' ? body : new Uint8Array(body) });
  }

  async sendFile(file: { name: string; bytes: Buffer; ok: string }): Promise<{ status: number; task: Task }> {
    const first = await this.put(file.name, file.bytes);
    if (first.status !== 201) return { status: first.status, task: (await first.json()) as Task };
    const second = await this.put(`${file.name}.ok`, file.ok);
    return { status: second.status, task: (await second.json()) as Task };
  }

  /** Sends a file and waits until the office has read it. Returns the task. */
  async send(item: ItemCode, rows: readonly object[], head: Partial<FileHead> = {}): Promise<Task> {
    const file = await this.file(item, rows, head);
    await this.sendFile(file);
    await this.control('POST', '/_work');
    return this.task(file.name);
  }

  async task(name: string): Promise<Task> {
    const answer = await fetch(`${this.office.url}/tasks?name=${name}`);
    const { tasks } = (await answer.json()) as { tasks: Task[] };
    if (!tasks[0]) throw new Error(`${answer.status}: no task of ${name}`);
    return tasks[0];
  }

  /** The rows that answer a file. */
  async answersTo(task: Task): Promise<ReceiptRow[]> {
    return (await this.fetchFile(task.answer)).rows as unknown as ReceiptRow[];
  }

  /** Sends levies of flexible payers and requires that all are accepted. */
  async levy(...rows: Partial<LevyRow>[]): Promise<void> {
    const task = await this.send('ZJ', rows.map((row) => levyRow(row)));
    if (task.state !== 'done' || task.refused !== 0) throw new Error(JSON.stringify(await this.answersTo(task)));
  }

  async list(): Promise<Listed[]> {
    const all: Listed[] = [];
    for (;;) {
      const { files, next } = await this.control<{ files: Listed[]; next: number }>('GET', `/files?since=${this.cursor}`);
      all.push(...files);
      this.cursor = next;
      if (files.length === 0) return all;
    }
  }

  /** The next look at the shelf begins at its beginning. */
  rewind(): void {
    this.cursor = 0;
  }

  async bytesOf(name: string): Promise<Buffer> {
    const answer = await fetch(`${this.office.url}/files/${name}`);
    if (!answer.ok) throw new Error(`${name} → ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async fetchFile(name: string): Promise<Pick<Fetched, 'report' | 'rows' | 'sm3'>> {
    const bytes = await this.bytesOf(name);
    const rows: PaymentRow[] = [];
    const report = await scanFile(inPieces(bytes), name, FORMAT);
    for await (const batch of readRows(inPieces(bytes), FORMAT, name.slice(0, 2) as ItemCode, 1)) {
      for (const read of batch) if ('row' in read) rows.push(read.row as unknown as PaymentRow);
    }
    return { report, rows, sm3: sm3Of(bytes) };
  }

  /** What is new on the shelf, read. */
  async news(...items: ItemCode[]): Promise<Fetched[]> {
    const listed = (await this.list()).filter(({ item, ready }) => ready && (items.length === 0 || items.includes(item)));
    const all: Fetched[] = [];
    for (const one of listed) all.push({ ...one, ...(await this.fetchFile(one.name)) });
    return all;
  }

  async close(): Promise<void> {
    await this.office.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export function sm3Of(bytes: Buffer): string {
  return createHash('sm3').update(bytes).digest('hex');
}

export function okOf(bytes: Buffer, rows: number, amount: number): string {
  return readyText({ bytes: bytes.length, rows, amount, sm3: sm3Of(bytes) }, FORMAT);
}

/** Invented persons by number, with identity numbers of the project's own range. */
export function person(n: number): { psn_no: string; certno: string; psn_name: string; cert_type: string; tax_reg_no: string } {
  const first17 = `990101${1960 + (n % 40)}0${1 + (Math.floor(n / 40) % 9)}${10 + (Math.floor(n / 360) % 18)}${String(Math.floor(n / 6480) % 1000).padStart(3, '0')}`;
  return { psn_no: `P${n}`, cert_type: '01', certno: first17 + checkDigit(first17), psn_name: '测试甲', tax_reg_no: `R${n}` };
}

/** A levy of flexible payer `n`. */
export function levyOf(n: number, change: Partial<LevyRow> = {}): Partial<LevyRow> {
  return { ...person(n), levy_no: `L${n}`, clct_bill_id: `B${n}`, amt: 40000 + n, ...change };
}

export const UNIT = { emp_no: 'E1', uscc: '91990101000000001X', emp_name: '示例机械厂', tax_reg_no: 'U1' };

/** A unit with two persons that it pays for, 300 and 200 yuan. */
export function unitLevy(change: Partial<LevyRow> = {}): Partial<LevyRow>[] {
  const shared = { payer_kind: '1', emp_no: UNIT.emp_no, clct_bill_id: 'BU', part: '1' };
  const split = (n: number, amt: number): Partial<LevyRow> => ({ ...shared, ...person(n), levy_no: `LU-${n}`, row_level: '2', amt });
  return [
    { ...shared, ...UNIT, row_level: '1', levy_no: 'LU', psn_no: '', cert_type: '', certno: '', psn_name: '', psncnt: 2, amt: 50000, ...change },
    split(1, 30000),
    split(2, 20000),
  ];
}

export { levyRow };

/** An office in this process over a folder of its own, with `persons` flexible payers and one unit, at nine in the morning. */
export async function openBureau(options: Partial<MachineryOptions> = {}, persons = 20): Promise<Bureau> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-tax-'));
  const errors: unknown[] = [];
  const office = await startTaxSandbox({ port: 0, dataDir, format: FORMAT, everyMs: 0, onError: (error) => errors.push(error), ...options });
  const bureau = new Bureau(office, errors, dataDir);
  await bureau.at(MORNING);
  await bureau.control('PUT', '/_data', { units: [UNIT], persons: Array.from({ length: persons }, (_, index) => person(index)) });
  return bureau;
}
