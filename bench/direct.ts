import http from 'node:http';

import { httpHeaders, requestHeader } from '../activities/national/headers';
import { formatDateTime } from '../domain/calendar';
import { fen, parseYuan, type Fen } from '../domain/money';
import { decodeAnswer, encodeRequest } from '../domain/national/codec';
import { formatMsgid } from '../domain/national/msgid';
import { requestUrl } from '../domain/national/url';
import type { Institution } from '../runtime/institutions';
import type { Infno, TransactionMap } from '../schemas/national/generated';
import type { Profile } from '../schemas/national/profile';
import type { BenchPerson } from './people';

const OPERATOR = { id: '0101', name: '量测', type: '1' } as const;
const INSURED_PLACE = '990100';

/** A stay as the plain program knows it: what 2303 and 2304 want to be told. */
export interface PlainStay {
  readonly person: BenchPerson;
  readonly mdtrtId: string;
  readonly medfee: Fen;
}

/** The plain program: the same messages to the same platform, logged only where the caller gives a log, nothing kept. */
export class PlainHospital {
  private readonly agent = new http.Agent({ keepAlive: true });
  private serial = 0;
  private signNo: string | null = null;

  constructor(
    private readonly profile: Profile,
    private readonly institution: Institution,
    private readonly url: string,
    /** Keeps the msgids of two programs of one run apart. */
    private readonly firstSerial: number,
  ) {}

  async signIn(): Promise<void> {
    const answer = await this.call('9001', { signIn: { opter_no: OPERATOR.id, mac: '00:00:00:00:00:00', ip: '127.0.0.1' } });
    this.signNo = answer.signinoutb.sign_no;
  }

  /**
   * The three calls of a settlement, one after another.
   * @param log told each body before it is sent and each answer when it came; nothing is logged by default.
   */
  async settle({ person, mdtrtId, medfee }: PlainStay, log?: (text: string) => void): Promise<void> {
    const credential = { mdtrt_cert_type: '02', mdtrt_cert_no: person.certno };
    const data = {
      ...credential, psn_no: person.psnNo, medfee_sumamt: medfee, psn_setlway: '01', mdtrt_id: mdtrtId,
      acct_used_flag: '1', insutype: '310', mid_setl_flag: '0',
    };
    await this.call('1101', { data: credential }, false, log);
    await this.call('2303', { data }, true, log);
    await this.call('2304', { data }, true, log);
  }

  /** Brings a person to the till by the shortest way. */
  async admit(person: BenchPerson, lines: readonly Record<string, string>[], forms: StayForms): Promise<PlainStay> {
    const { psnNo, certno, iptNo } = person;
    const { begntime, med_type, ...form } = forms.admission;
    const admitted = await this.call(
      '2401',
      {
        mdtrtinfo: {
          ...form, psn_no: psnNo, insutype: '310', begntime, mdtrt_cert_type: '02', mdtrt_cert_no: certno, med_type, ipt_no: iptNo,
        },
        diseinfo: forms.diagnoses.map((row) => ({ ...row, psn_no: psnNo })),
      } as unknown as TransactionMap['2401']['input'],
      true,
    );
    const mdtrtId = admitted.result.mdtrt_id;
    const feedetail = lines.map(({ medins_list_name: _name, ...line }) => ({
      ...Object.fromEntries(Object.entries(line).filter(([, value]) => value !== '')),
      mdtrt_id: mdtrtId, psn_no: psnNo, med_type, det_item_fee_sumamt: parseYuan(line['det_item_fee_sumamt'] ?? ''),
    }));
    const split = await this.call('2301', { feedetail } as unknown as TransactionMap['2301']['input'], true);
    await this.call(
      '2402',
      {
        dscginfo: { ...forms.discharge, mdtrt_id: mdtrtId, psn_no: psnNo, insutype: '310' },
        diseinfo: forms.dischargeDiagnoses.map((row) => ({ ...row, mdtrt_id: mdtrtId, psn_no: psnNo })),
      } as unknown as TransactionMap['2402']['input'],
      true,
    );
    return { person, mdtrtId, medfee: fen(split.result.reduce((sum, row) => sum + row.det_item_fee_sumamt, 0)) };
  }

  close(): void {
    this.agent.destroy();
  }

  private async call<N extends Infno>(
    infno: N,
    input: TransactionMap[N]['input'],
    insured = false,
    log?: (text: string) => void,
  ): Promise<TransactionMap[N]['output']> {
    const now = Date.now();
    this.serial += 1;
    const msgid = formatMsgid(this.institution.fixmedinsCode, new Date(now), (this.firstSerial + this.serial) % 10_000);
    const request = { operator: OPERATOR, ...(insured ? { insuplcAdmdvs: INSURED_PLACE } : {}) };
    const header = requestHeader(this.institution, request, { msgid, signNo: this.signNo, now });
    const { body } = encodeRequest(this.profile, infno, header, input);
    log?.(body);
    const { contentType, bytes } = await this.post(requestUrl(this.profile, this.url, infno), body, now);
    log?.(bytes.toString('utf8'));
    const answer = decodeAnswer(this.profile, infno, bytes, contentType);
    if (answer.infcode !== '0' || answer.output === undefined) throw new Error(`${infno} ${formatDateTime(now)}: ${answer.err_msg}`);
    return answer.output as TransactionMap[N]['output'];
  }

  private post(url: string, body: string, now: number): Promise<{ contentType: string; bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      const request = http.request(url, { method: 'POST', agent: this.agent, headers: httpHeaders(this.profile, this.institution, body, now) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ contentType: response.headers['content-type'] ?? '', bytes: Buffer.concat(chunks) }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

export interface StayForms {
  readonly admission: Record<string, string>;
  readonly diagnoses: readonly object[];
  readonly discharge: Record<string, string>;
  readonly dischargeDiagnoses: readonly object[];
}
