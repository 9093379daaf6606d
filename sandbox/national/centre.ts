import { createHash } from 'node:crypto';
import { formatCompact, formatDateTime } from '../../domain/calendar';
import { encodeAnswer, type AnswerToEncode } from '../../domain/national/codec';
import { parseMsgid } from '../../domain/national/msgid';
import { transactions, type Infno } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import type { Answer } from '../kit/answer';
import type { Clock } from '../kit/clock';
import type { Call, Reply } from './call';
import { formatCompactMs } from './clock';
import type { Admitted, Arrival } from './gateway';
import { handlers } from './handlers';
import { GatewayError, must, Refusal } from './refusal';
import { insurancesOf } from './registers';
import type { StaleView } from './stale-view';
import { nextSerial, type Books, type Db } from './store';

/** How one call departs from the ordinary. */
export interface Deviation {
  readonly driftFen: number;
  /** This query sees the older books. */
  readonly stale: boolean;
}

interface SeenMessage {
  readonly infno: string;
  readonly body_hash: string;
  readonly answer: Buffer | null;
}

type AnyHandler = (call: Call) => Reply<Infno>;

/** The centre behind the gateway: checks a message's header, books it, and records it in the same transaction. */
export class Centre {
  constructor(
    private readonly profile: Profile,
    private readonly books: Books,
    private readonly clock: Clock,
    private readonly staleView: StaleView,
  ) {}

  /** Answers a message. What it books is committed when this returns. Throws GatewayError for a number without a service. */
  serve(request: Admitted, arrival: Arrival, deviation: Deviation): Answer {
    const handler = handlers[request.infno] as AnyHandler | undefined;
    if (!handler) throw new GatewayError('交易编号不存在');
    const { effect } = transactions[request.infno];
    const keepsAnswer = effect === 'write' || effect === 'session';
    return this.books.write(keepsAnswer || effect === 'file', () => {
      const received = this.clock.now();
      const { db } = this.books;
      const serial = String(nextSerial(db, 'inf_refmsgid')).padStart(10, '0');
      const refmsgid = request.institution.admdvs + formatCompact(received) + serial;
      const write = (answer: Outcome): Answer => this.encode(request.infno, answer, refmsgid, received);
      const fault = catchRefusal(() => {
        this.checkHeader(request, db, received);
        return null;
      });
      if (fault instanceof Refusal) return write(fault);
      const bodyHash = createHash('sha256').update(arrival.body).digest('hex');
      const seen = db
        .prepare<[string], SeenMessage>('SELECT infno, body_hash, answer FROM message WHERE msgid = ?')
        .get(request.header.msgid);
      const repeat = seen && this.answerRepeat(db, request, seen, bodyHash);
      if (repeat instanceof Refusal) return write(repeat);
      if (repeat) return repeat;
      const call = this.callOf(request, { received, deviation, repeated: seen !== undefined });
      const outcome = catchRefusal(() => this.books.nested(() => handler(call)));
      const answer = write(outcome);
      recordMessage(db, call, {
        bodyHash,
        refmsgid,
        outcome,
        answer: keepsAnswer ? answer.body : null,
        opter: request.header.opter,
      });
      return answer;
    });
  }

  /** Ends all operator sessions. */
  expireSessions(): void {
    this.books.write(true, () => this.books.db.prepare('DELETE FROM session').run());
  }

  /** The answer of a message that breaks its schema. */
  refuse(refusal: Refusal): Answer {
    const received = this.clock.now();
    return this.encode('9001', refusal, `${'0'.repeat(6)}${formatCompact(received)}${'0'.repeat(10)}`, received);
  }

  private callOf(
    request: Admitted,
    of: { received: number; deviation: Deviation; repeated: boolean },
  ): Call {
    const { header } = request;
    const isQuery = transactions[request.infno].effect === 'read';
    return {
      infno: request.infno,
      sentInfno: request.sentInfno,
      msgid: header.msgid,
      input: request.input,
      profile: this.profile,
      institution: request.institution,
      opter: header.opter,
      opterName: header.opter_name,
      insuplcAdmdvs: header.insuplc_admdvs ?? '',
      db: this.books.db,
      view: isQuery ? this.staleView.take(of.deviation.stale) : this.books.db,
      now: of.received,
      nowText: formatDateTime(of.received),
      repeated: of.repeated,
      driftFen: of.deviation.driftFen,
    };
  }

  /** What the header must hold; a message that fails here was never accepted and may come again under its msgid. */
  private checkHeader(request: Admitted, db: Db, now: number): void {
    const { header, institution } = request;
    must(header.recer_sys_code === this.profile.header.recer_sys_code, '[报文校验]接收方系统代码不正确');
    must(header.infver === this.profile.header.infver, '[报文校验]接口版本号不正确');
    must(header.mdtrtarea_admvs === institution.admdvs, '[报文校验]就医地医保区划与定点医药机构不符');
    must(
      parseMsgid(header.msgid)?.fixmedinsCode === institution.fixmedins_code,
      '[报文校验]发送方报文ID格式不正确',
    );
    if (this.profile.signIn && request.infno !== '9001') this.checkSession(request, db, now);
    const psnNo = personIn(request.input);
    if (psnNo === null) return;
    const places = insurancesOf(db, psnNo).map((row) => row.insuplc_admdvs);
    must(places.length > 0, '[人员信息]未查询到参保人员信息');
    must(places.includes(header.insuplc_admdvs ?? ''), '[报文校验]参保地医保区划与人员参保信息不符');
  }

  private checkSession({ header }: Admitted, db: Db, now: number): void {
    const session = db
      .prepare<[string], { fixmedins_code: string; opter: string; expires_at: number }>(
        'SELECT fixmedins_code, opter, expires_at FROM session WHERE sign_no = ?',
      )
      .get(header.sign_no ?? '');
    must(
      session && session.fixmedins_code === header.fixmedins_code && session.expires_at > now,
      '[签到]未签到或签到已过期，请重新签到',
    );
    must(session.opter === header.opter, '[签到]签到编号与经办人不符，请重新签到');
  }

  /** Null: book it like any other message. */
  private answerRepeat(db: Db, request: Admitted, seen: SeenMessage, bodyHash: string): Answer | Refusal | null {
    const { msgid } = request.header;
    if (this.profile.repeatedMsgid === 'bookedTwice') return null;
    db.prepare('UPDATE message SET times = times + 1 WHERE msgid = ?').run(msgid);
    if (this.profile.repeatedMsgid === 'refused') return new Refusal(`[报文校验]发送方报文ID[${msgid}]重复`);
    if (seen.infno !== request.sentInfno || seen.body_hash !== bodyHash) {
      return new Refusal(`[报文校验]发送方报文ID[${msgid}]重复，且与原报文内容不一致`);
    }
    return seen.answer && { status: 200, contentType: JSON_TYPE, body: seen.answer };
  }

  private encode(infno: Infno, outcome: Outcome, refmsgid: string, received: number): Answer {
    const times = { refmsg_time: formatCompactMs(received), respond_time: formatCompactMs(this.clock.now()) };
    const answer: AnswerToEncode =
      outcome instanceof Refusal
        ? { inf_refmsgid: refmsgid, ...times, infcode: String(outcome.infcode), err_msg: outcome.text }
        : {
            inf_refmsgid: refmsgid,
            ...times,
            infcode: '0',
            output: outcome.output,
            ...(outcome.warning === undefined ? {} : { warn_msg: outcome.warning }),
          };
    const { contentType, body } = encodeAnswer(this.profile, infno, answer);
    return { status: 200, contentType, body: Buffer.from(body) };
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

type Outcome = Refusal | Reply<Infno>;

function catchRefusal<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The first person's number anywhere in an input. */
function personIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return null;
  if ('psn_no' in value && typeof value.psn_no === 'string') return value.psn_no;
  for (const member of Object.values(value)) {
    const found = personIn(member);
    if (found !== null) return found;
  }
  return null;
}

function recordMessage(
  db: Db,
  call: Call,
  message: { bodyHash: string; refmsgid: string; outcome: Outcome; answer: Buffer | null; opter: string },
): void {
  const refused = message.outcome instanceof Refusal ? message.outcome : null;
  db.prepare(
    `INSERT INTO message (msgid, infno, fixmedins_code, opter, psn_no, body_hash, received_at, times, infcode, err_msg,
       inf_refmsgid, answer) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
       ON CONFLICT (msgid) DO UPDATE SET times = times + 1, infcode = min(abs(infcode), abs(excluded.infcode)) * -1`,
  ).run(
    call.msgid,
    call.sentInfno,
    call.institution.fixmedins_code,
    message.opter,
    personIn(call.input),
    message.bodyHash,
    call.nowText,
    refused?.infcode ?? 0,
    refused?.text ?? null,
    message.refmsgid,
    message.answer,
  );
}
