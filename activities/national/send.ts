import { encodeRequest } from '../../domain/national/codec';
import { requestUrl } from '../../domain/national/url';
import { failpoint } from '../../runtime/failpoint';
import type { Infno } from '../../schemas/national/generated';
import type { Message } from '../../store/entities/Message';
import { httpHeaders, requestHeader } from './headers';
import { type Lease, RollingLease } from './lease';
import type { Draft, Ending, MessageLog, RowsWork } from './message-log';
import { mayRepeat, readAnswer } from './outcomes';
import { packRawAnswer } from './raw-answer';
import type { Site } from './sites';
import type { PostResult, Transport } from './transport';
import type { AnsweredOutcome, CallOutcome, CallRequest, Clock } from './types';

const THROTTLE_PAUSE_MS = 1000;

export interface SendOptions<N extends Infno> {
  readonly signNo: string | null;
  readonly timeoutMs: number;
  /** False for an answer after which the call goes on with another message: its business rows are not written. */
  readonly isFinal: (answered: Done<N>) => boolean;
}

/** How one message ended. */
export interface Done<N extends Infno> {
  readonly kind: 'done';
  readonly outcome: CallOutcome<N>;
  /** When it left, ms since 1970. */
  readonly sentAt: number;
  /** Whether an answer came, whatever it was. */
  readonly answered: boolean;
  /** The gateway's rate limit turned it away. */
  readonly throttled: boolean;
}

export type Sent<N extends Infno> =
  | Done<N>
  | { readonly kind: 'underWay' }
  | { readonly kind: 'ended'; readonly row: Message };

type Received = Extract<PostResult, { kind: 'answer' }>;

/** What the steps of one sending share. */
interface Sending<N extends Infno> {
  readonly site: Site;
  readonly request: CallRequest<N>;
  readonly infno: string;
  readonly lease: Lease;
  readonly msgid: string;
  readonly sentAt: number;
  readonly isFinal: SendOptions<N>['isFinal'];
}

/** Sends one message of the log and records how it ended. */
export class Sender {
  constructor(
    private readonly log: MessageLog,
    private readonly transport: Transport,
    private readonly clock: Clock,
  ) {}

  async send<N extends Infno>(site: Site, request: CallRequest<N>, draft: Draft, options: SendOptions<N>): Promise<Sent<N>> {
    const url = requestUrl(site.profile, site.baseUrl, request.infno);
    const begun = await this.log.begin(draft, (msgid) => {
      const header = requestHeader(site.institution, request, { msgid, signNo: options.signNo, now: this.clock.now() });
      return encodeRequest(site.profile, request.infno, header, request.input).body;
    });
    if (begun.kind === 'underWay') return { kind: 'underWay' };
    if (begun.kind === 'ended') return { kind: 'ended', row: begun.row };
    const { lease, msgid, body, sentAt } = begun;
    const rolling = new RollingLease(this.log, this.clock, lease);
    rolling.start();
    try {
      await failpoint('before-send');
      const result = await this.transport.post({
        url,
        headers: httpHeaders(site.profile, site.institution, body, this.clock.now()),
        body,
        timeoutMs: options.timeoutMs,
        leaseUntil: () => rolling.until(),
        freshConnection: !mayRepeat(request.infno),
        onHandedOver: () => failpoint('after-send-before-answer'),
      });
      return await this.conclude({ site, request, infno: draft.infno, lease, msgid, sentAt, isFinal: options.isFinal }, result);
    } finally {
      rolling.stop();
    }
  }

  private async conclude<N extends Infno>(sending: Sending<N>, result: PostResult): Promise<Done<N>> {
    const { site, request, msgid } = sending;
    if (result.kind === 'answer') site.lane.noteAnswer();
    else site.lane.noteSilence();
    if (result.kind === 'noAnswer') return this.endSilent(sending, result.reason);
    if (result.kind === 'notSent') return this.putBack(sending, result.reason, false);
    const reading = readAnswer(site.profile, request.infno, msgid, result);
    if (reading.kind === 'notSent') {
      site.lane.pause(result.retryAfterMs ?? THROTTLE_PAUSE_MS);
      return this.putBack(sending, reading.reason, true);
    }
    await failpoint('after-answer-before-commit');
    return this.record(sending, result, reading.outcome, reading.ending);
  }

  private async record<N extends Infno>(
    sending: Sending<N>,
    received: Received,
    outcome: CallOutcome<N>,
    ending: Ending,
  ): Promise<Done<N>> {
    const { lease, infno, request, msgid } = sending;
    const done = doneWith(sending, outcome, { answered: true });
    const { onAnswer } = request;
    const answered = outcome.kind === 'settled' || outcome.kind === 'refused' ? outcome : null;
    const alongside = answered && onAnswer && sending.isFinal(done) ? answeredWork(onAnswer, answered) : undefined;
    const recorded = await this.recordTogether(lease, infno, ending, alongside);
    await failpoint('after-commit');
    if (recorded) return done;
    // The lease had ended and another process declared the outcome unknown; it may be resolving it already.
    await this.log.keepLateAnswer(lease, packRawAnswer(received));
    return doneWith(sending, { kind: 'unknown', msgid, reason: 'lateAnswer' });
  }

  /**
   * One commit for answer and business rows. Where the business rows fail, the answer is recorded by itself before their error
   * is thrown: it is never lost, and a retry of the call runs the business rows again.
   */
  private async recordTogether(lease: Lease, infno: string, ending: Ending, alongside?: RowsWork): Promise<boolean> {
    try {
      return await this.log.record(lease, infno, ending, alongside);
    } catch (error) {
      if (alongside) await this.log.record(lease, infno, ending);
      throw error;
    }
  }

  private async putBack<N extends Infno>(sending: Sending<N>, reason: string, throttled: boolean): Promise<Done<N>> {
    const { lease, msgid } = sending;
    if (await this.log.putBack(lease)) return doneWith(sending, { kind: 'unreachable', msgid, reason }, { throttled });
    return doneWith(sending, { kind: 'unknown', msgid, reason: 'leaseEnded' });
  }

  private async endSilent<N extends Infno>(sending: Sending<N>, reason: string): Promise<Done<N>> {
    await this.log.recordSilence(sending.lease, sending.infno);
    return doneWith(sending, { kind: 'unknown', msgid: sending.msgid, reason });
  }
}

function doneWith<N extends Infno>(
  { sentAt }: Sending<N>,
  outcome: CallOutcome<N>,
  { answered = false, throttled = false }: { answered?: boolean; throttled?: boolean } = {},
): Done<N> {
  return { kind: 'done', outcome, sentAt, answered, throttled };
}

function answeredWork<N extends Infno>(onAnswer: NonNullable<CallRequest<N>['onAnswer']>, outcome: AnsweredOutcome<N>): RowsWork {
  return (manager) => onAnswer(outcome, manager);
}
