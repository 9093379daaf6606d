import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fen, parseYuan, type Fen } from '../../domain/money';
import { decodeAnswer, encodeRequest, type DecodedAnswer } from '../../domain/national/codec';
import { formatMsgid } from '../../domain/national/msgid';
import { signatureHeaders } from '../../domain/national/signature';
import { requestUrl } from '../../domain/national/url';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import type { Input2301Feedetail } from '../../schemas/national/generated/2301';
import type { Input2401Diseinfo, Input2401Mdtrtinfo } from '../../schemas/national/generated/2401';
import { loadProfiles } from '../../schemas/national/load-profiles';
import type { Profile } from '../../schemas/national/profile';
import { startSandbox, type Sandbox } from '../../sandbox/national/server';

const DEMO = join(__dirname, '..', '..', 'cli', 'demo');
const profiles = loadProfiles();

export function profileNamed(id: string, changes: Partial<Profile> = {}): Profile {
  const profile = profiles[id];
  if (!profile) throw new Error(`no profile ${id}`);
  return { ...profile, ...changes };
}

export function readDemo<T>(name: string): T {
  return JSON.parse(readFileSync(join(DEMO, name), 'utf8')) as T;
}

interface DemoInstitution {
  readonly fixmedins_code: string;
  readonly fixmedins_name: string;
  readonly admdvs: string;
  readonly level: string;
}

export const SECRET = 'secret-of-the-test';

/** People, hospitals and catalogue of the demo, each hospital with the secret of the tests. */
export function demoData(changes: Record<string, object> = {}): object {
  const { institutions } = readDemo<{ institutions: DemoInstitution[] }>('institutions.json');
  return {
    persons: readDemo<{ persons: object[] }>('people.json').persons,
    items: readDemo<{ items: object[] }>('catalogue.json').items,
    institutions: institutions.map((each) => ({
      ...each,
      paasid: `app-${each.fixmedins_code}`,
      secret: SECRET,
      ...changes[each.fixmedins_code],
    })),
  };
}

/** A centre in this process over a folder of its own, with the demo's data. */
export async function openCentre(profile: Profile, changes: Record<string, object> = {}): Promise<Centre> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-national-'));
  const errors: unknown[] = [];
  const sandbox = await startSandbox({ port: 0, dataDir, profile, onError: (error) => errors.push(error) });
  const centre = new Centre(sandbox, profile, errors, dataDir);
  await centre.control('PUT', '/_data', demoData(changes));
  return centre;
}

export class Centre {
  constructor(
    readonly sandbox: Pick<Sandbox, 'url' | 'close'>,
    readonly profile: Profile,
    /** Faults of the sandbox's own program; must stay empty. */
    readonly errors: unknown[],
    private readonly dataDir: string,
  ) {}

  async control(method: string, path: string, body?: unknown): Promise<Record<string, never>> {
    const response = await fetch(this.sandbox.url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return JSON.parse(text) as Record<string, never>;
  }

  async records<T = Record<string, unknown>>(kind: string): Promise<T[]> {
    return (await this.control('GET', `/_records?kind=${kind}`))[kind] as unknown as T[];
  }

  async totals(): Promise<Record<string, number>> {
    return (await this.control('GET', '/_records')).totals as unknown as Record<string, number>;
  }

  faults(...faults: object[]): Promise<unknown> {
    return this.control('PUT', '/_faults', { faults });
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export interface SendOptions {
  readonly msgid?: string;
  readonly insuplc?: string;
  readonly signNo?: string;
  readonly secret?: string;
  readonly signedAt?: Date;
  readonly nonce?: string;
  readonly path?: string;
  readonly timeoutMs?: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

let serial = 0;

/** A hospital's side of the wire, as thin as can be: signs in once, keeps nothing. */
export class Hospital {
  private signNo = '';

  constructor(
    readonly centre: Pick<Centre, 'sandbox' | 'profile'>,
    readonly code = 'H99000000001',
    readonly admdvs = '990100',
  ) {}

  newMsgid(): string {
    serial += 1;
    return formatMsgid(this.code, new Date(), serial);
  }

  async signIn(): Promise<string> {
    const { output } = await this.ok('9001', { signIn: { opter_no: 'op1', mac: '00-00', ip: '127.0.0.1' } });
    this.signNo = output.signinoutb.sign_no;
    return this.signNo;
  }

  /** Sends and reads; rejects where no answer can be read. */
  async call<N extends Infno>(
    infno: N,
    input: TransactionMap[N]['input'],
    options: SendOptions = {},
  ): Promise<DecodedAnswer<N>> {
    const raw = await this.send(infno, input, options);
    return decodeAnswer(this.centre.profile, infno, raw.body, raw.contentType);
  }

  /** A call that must be accepted. */
  async ok<N extends Infno>(
    infno: N,
    input: TransactionMap[N]['input'],
    options: SendOptions = {},
  ): Promise<DecodedAnswer<N> & { output: TransactionMap[N]['output'] }> {
    const answer = await this.call(infno, input, options);
    if (answer.infcode !== '0' || answer.output === undefined) throw new Error(`${infno}: ${answer.infcode} ${answer.err_msg}`);
    return { ...answer, output: answer.output };
  }

  /** A call that must be refused by the centre; its words. */
  async refused<N extends Infno>(infno: N, input: TransactionMap[N]['input'], options: SendOptions = {}): Promise<string> {
    const answer = await this.call(infno, input, options);
    if (answer.infcode === '0') throw new Error(`${infno} was accepted`);
    return answer.err_msg ?? '';
  }

  async send<N extends Infno>(infno: N, input: TransactionMap[N]['input'], options: SendOptions = {}): Promise<RawAnswer> {
    const { profile } = this.centre;
    const { body } = encodeRequest(
      profile,
      infno,
      {
        msgid: options.msgid ?? this.newMsgid(),
        mdtrtarea_admvs: this.admdvs,
        insuplc_admdvs: options.insuplc ?? '990100',
        opter_type: '1',
        opter: 'op1',
        opter_name: '示例经办',
        inf_time: '2026-11-22 08:00:00',
        fixmedins_code: this.code,
        fixmedins_name: '示例一院',
        sign_no: infno === '9001' ? undefined : (options.signNo ?? this.signNo),
      },
      input,
    );
    return this.post(options.path ?? requestUrl(profile, this.centre.sandbox.url, infno), body, options);
  }

  /** Posts bytes as they are, signed. */
  post(url: string, body: string, options: SendOptions = {}): Promise<RawAnswer> {
    const { profile } = this.centre;
    const secrets = { paasid: `app-${this.code}`, secret: options.secret ?? SECRET };
    const headers = {
      'content-type': 'application/json',
      ...signatureHeaders(profile, secrets, body, options.signedAt ?? new Date(), options.nonce ?? randomUUID()),
    };
    return post(url, headers, body, options.timeoutMs ?? 10_000);
  }
}

export function post(url: string, headers: Record<string, string>, body: string, timeoutMs = 10_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(parts),
        });
      });
    });
    request.setTimeout(timeoutMs, () => request.destroy(new Error('client time-out')));
    request.on('error', reject);
    request.end(body);
  });
}

interface DemoStay {
  readonly institution: string;
  readonly iptNo: string;
  readonly patient: { readonly certno: string; readonly insutype: string };
  readonly admission: Record<string, string>;
  readonly diagnoses: readonly Record<string, string | number>[];
  readonly discharge: { endtime: string; dscg_dept_codg: string; dscg_dept_name: string; dscg_way: string };
  readonly dischargeDiagnoses: readonly Record<string, string | number>[];
  readonly expected: { readonly setlinfo: Record<string, number | string> };
}

/** A stay of the demo, sent step by step. */
export class Stay {
  mdtrtId = '';
  psnNo = '';
  readonly demo: DemoStay;

  constructor(
    readonly hospital: Hospital,
    name: string,
    person: { readonly certno: string; readonly insutype: string; readonly iptNo: string } | null = null,
  ) {
    const demo = readDemo<DemoStay>(`patients/${name}.json`);
    this.demo = person ? { ...demo, iptNo: person.iptNo, patient: person } : demo;
  }

  get credential(): { mdtrt_cert_type: string; mdtrt_cert_no: string } {
    return { mdtrt_cert_type: '02', mdtrt_cert_no: this.demo.patient.certno };
  }

  admission(changes: Partial<Input2401Mdtrtinfo> = {}): TransactionMap['2401']['input'] {
    return {
      mdtrtinfo: {
        ...(this.demo.admission as unknown as Input2401Mdtrtinfo),
        psn_no: this.psnNo,
        insutype: this.demo.patient.insutype,
        ...this.credential,
        ipt_no: this.demo.iptNo,
        ...changes,
      },
      diseinfo: this.demo.diagnoses.map((row) => ({ ...(row as unknown as Input2401Diseinfo), psn_no: this.psnNo })),
    };
  }

  async admit(): Promise<string> {
    const person = await this.hospital.ok('1101', { data: this.credential });
    this.psnNo = person.output.baseinfo.psn_no;
    const { output } = await this.hospital.ok('2401', this.admission());
    this.mdtrtId = output.result.mdtrt_id;
    return this.mdtrtId;
  }

  discharge(): Promise<unknown> {
    return this.hospital.ok('2402', {
      dscginfo: { ...this.demo.discharge, mdtrt_id: this.mdtrtId, psn_no: this.psnNo, insutype: this.demo.patient.insutype },
      diseinfo: this.demo.dischargeDiagnoses.map((row) => ({
        ...(row as unknown as Input2401Diseinfo),
        psn_no: this.psnNo,
        mdtrt_id: this.mdtrtId,
      })),
    });
  }

  get ids(): { mdtrt_id: string; psn_no: string } {
    return { mdtrt_id: this.mdtrtId, psn_no: this.psnNo };
  }

  settlement(medfee: number, changes: object = {}): TransactionMap['2304']['input'] {
    return {
      data: {
        ...this.ids,
        ...this.credential,
        medfee_sumamt: fen(medfee),
        psn_setlway: '01',
        acct_used_flag: '1',
        insutype: this.demo.patient.insutype,
        mid_setl_flag: '0',
        ...this.split,
        ...changes,
      },
    };
  }

  /** The four split amounts, which some divisions want in 2303. */
  private split: Record<string, Fen> = {};

  /** Fee lines of the demo's file, as 2301 wants them. */
  lines(name: string): Input2301Feedetail[] {
    const rows = parse(readFileSync(join(DEMO, 'patients', `${name}.csv`)), { columns: true, bom: true }) as Record<string, string>[];
    return rows.map((row) => this.line(row));
  }

  line(row: Record<string, string>): Input2301Feedetail {
    const { medins_list_name: _, det_item_fee_sumamt, ...rest } = row;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
    return {
      ...(given as unknown as Input2301Feedetail),
      ...this.ids,
      med_type: this.demo.admission.med_type ?? '21',
      det_item_fee_sumamt: parseYuan(det_item_fee_sumamt ?? '0'),
    };
  }

  /** One charge of the demo's nursing care (甲类, no cap) unless said otherwise. */
  charge(feedetl_sn: string, changes: Record<string, string> = {}): Input2301Feedetail {
    return this.line({
      feedetl_sn,
      fee_ocur_time: '2026-11-03 09:00:00',
      med_list_codg: '001201000029901',
      medins_list_codg: 'XM00004',
      cnt: '10',
      pric: '100',
      det_item_fee_sumamt: '1000.00',
      bilg_dept_codg: '0304',
      bilg_dept_name: '血管外科',
      bilg_dr_codg: 'D990100000011',
      bilg_dr_name: '示例医师甲',
      ...changes,
    });
  }

  /** Uploads lines in calls of at most `perCall`, adding up what the centre answers. */
  async upload(lines: readonly Input2301Feedetail[], perCall = 50): Promise<number> {
    let medfee = 0;
    for (let start = 0; start < lines.length; start += perCall) {
      const { output } = await this.hospital.ok('2301', { feedetail: lines.slice(start, start + perCall) });
      for (const row of output.result) {
        medfee += row.det_item_fee_sumamt;
        this.add('fulamt_ownpay_amt', row.fulamt_ownpay_amt);
        this.add('overlmt_selfpay', row.overlmt_amt);
        this.add('preselfpay_amt', row.preselfpay_amt);
        this.add('inscp_scp_amt', row.inscp_scp_amt);
      }
    }
    return medfee;
  }

  private add(name: string, amount: Fen | undefined): void {
    this.split[name] = fen((this.split[name] ?? 0) + (amount ?? 0));
  }
}
