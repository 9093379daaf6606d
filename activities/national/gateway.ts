import { setTimeout as sleep } from 'node:timers/promises';
import { infnoAsSent } from '../../domain/national/codec';
import type { Config } from '../../runtime/config';
import { createLogger, type Logger } from '../../runtime/logger';
import { nationalCallSeconds, nationalCalls } from '../../runtime/metrics';
import { loadProfiles } from '../../schemas/national/load-profiles';
import { type Infno, transactions } from '../../schemas/national/generated';
import { type Profile, type Profiles, timeoutOf } from '../../schemas/national/profile';
import type { Message } from '../../store/entities/Message';
import type { Store } from '../../store/open-store';
import { type Draft, isUnderWay, MessageLog } from './message-log';
import { findMember, mayRepeat, readBack, readStoredAnswer, refusedForSignIn } from './outcomes';
import { type Done, Sender } from './send';
import { type SignInResult, SignIns } from './sign-in';
import { type Site, Sites } from './sites';
import { Transport } from './transport';
import {
  type AnsweredOutcome,
  type AnyRequest,
  type CallOutcome,
  type CallRequest,
  type Clock,
  GatewayError,
  type NationalGateway,
  systemClock,
} from './types';

export type {
  AnsweredOutcome,
  CallKey,
  CallOutcome,
  CallRequest,
  Clock,
  NationalGateway,
  Operator,
  Refused,
  Settled,
  Unknown,
  Unreachable,
} from './types';
export { GatewayError } from './types';

export interface GatewayOptions {
  readonly store: Store;
  readonly config: Pick<Config, 'national' | 'profilesDir' | 'logLevel'>;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Defaults to the shipped profiles and those of `config.profilesDir`. */
  readonly profiles?: Profiles;
}

const HEARTBEAT_MS = 1000;
const POLL_MS = 100;
const LONGEST_STEP = 56;
/** A call that found the platform busy waits and tries again so many times in all. */
const BUSY_TRIES = 2;
/** A call that a rate limit turned away waits in its lane and tries again, as the same message, so many times in all. */
const THROTTLED_TRIES = 4;
const BUSY_PAUSE_MS = 500;

/** Where one call stands over its tries. A try beyond the first is a message of its own, under the step `<step>~<n>`. */
interface Progress {
  readonly tryNumber: number;
  /** When the call left that was refused for want of a sign-in; 0 while none was. */
  readonly refusedSignInAt: number;
  readonly busyTries: number;
  readonly throttledTries: number;
}

/** How one try ended; `replayed` when it was read back. */
type Tried<N extends Infno> = Omit<Done<N>, 'kind'> & { readonly replayed: boolean };
type IsFinal<N extends Infno> = (tried: Omit<Done<N>, 'kind'>) => boolean;

/** Makes the gateway of this process. Profiles are read now; institutions at their first call. */
export function createNationalGateway(options: GatewayOptions): NationalGateway {
  const { store, config, clock = systemClock } = options;
  const profiles = options.profiles ?? loadProfiles(config.profilesDir ?? undefined);
  return new Gateway(
    new Sites(config.national, profiles, clock),
    store,
    clock,
    config.national.timeoutMs,
    options.logger ?? createLogger('national', config.logLevel),
  );
}

class Gateway implements NationalGateway {
  private readonly log: MessageLog;
  private readonly transport: Transport;
  private readonly sender: Sender;
  private readonly signIns: SignIns;

  constructor(
    private readonly sites: Sites,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly timeoutMs: number | null,
    private readonly logger: Logger,
  ) {
    this.log = new MessageLog(store, clock);
    this.transport = new Transport(() => clock.now());
    this.sender = new Sender(this.log, this.transport, clock);
    this.signIns = new SignIns(store, clock, (site, request) => this.sendSignIn(site, request));
  }

  async call<N extends Infno>(request: CallRequest<N>): Promise<CallOutcome<N>> {
    checkKey(request);
    const site = this.sites.find(request.institution);
    const startedAt = this.clock.now();
    const beat = request.heartbeat ? setInterval(request.heartbeat, HEARTBEAT_MS) : undefined;
    try {
      const outcome = await this.tryUntilFinal(site, request);
      this.note(request, outcome, this.clock.now() - startedAt);
      return outcome;
    } finally {
      clearInterval(beat);
    }
  }

  findMessage(msgid: string): Promise<Message | null> {
    return this.log.findByMsgid(msgid);
  }

  async readLateAnswer<N extends Infno>(msgid: string, infno: N): Promise<AnsweredOutcome<N> | null> {
    const row = await this.log.findByMsgid(msgid);
    if (!row || row.state !== 'sent' || row.outcome !== 'unknown' || row.answer === null) return null;
    const late = readStoredAnswer(this.sites.profileOf(row.profile), infno, msgid, row.answer);
    return isAnswered(late) ? late : null;
  }

  profileOf(institution: string): Profile {
    return this.sites.find(institution).profile;
  }

  close(): void {
    this.transport.close();
  }

  private async tryUntilFinal<N extends Infno>(site: Site, request: CallRequest<N>): Promise<CallOutcome<N>> {
    let progress: Progress = { tryNumber: 1, refusedSignInAt: 0, busyTries: 1, throttledTries: 1 };
    for (;;) {
      const tried = await this.attempt(site, request, progress);
      const next = nextTry(site.profile, request.infno, tried, progress);
      if (next === null) return tried.outcome;
      if (next.busyTries > progress.busyTries && !tried.replayed) site.lane.pause(BUSY_PAUSE_MS);
      progress = next;
    }
  }

  /** One message: sent, or read back where it was sent before. The log is asked by taking the right to send, not ahead of it. */
  private async attempt<N extends Infno>(site: Site, request: CallRequest<N>, progress: Progress): Promise<Tried<N>> {
    const draft = draftOf(site, request, progress.tryNumber);
    const isFinal: IsFinal<N> = (tried) => nextTry(site.profile, request.infno, tried, progress) === null;
    for (;;) {
      const tried = await this.sendInLane(site, request, draft, progress, isFinal);
      if (tried !== 'underWay') return tried;
      await this.waitWhileUnderWay(draft);
    }
  }

  /** A message with an outcome: read it back, and give the business rows another chance where they failed before. */
  private async replay<N extends Infno>(request: CallRequest<N>, row: Message, isFinal: IsFinal<N>): Promise<Tried<N>> {
    const profile = this.sites.profileOf(row.profile);
    if (row.infno !== infnoAsSent(profile, request.infno)) {
      throw new GatewayError('keyReused', `the key of message ${row.msgid} (${row.infno}) was used again for ${request.infno}`);
    }
    const outcome = readBack(profile, request.infno, row);
    const tried = { outcome, sentAt: row.sentAt ?? 0, answered: row.state === 'answered', throttled: false, replayed: true };
    if (isAnswered(outcome) && isFinal(tried)) await this.runOnAnswer(request, outcome);
    return tried;
  }

  private async sendInLane<N extends Infno>(
    site: Site,
    request: CallRequest<N>,
    draft: Draft,
    progress: Progress,
    isFinal: IsFinal<N>,
  ): Promise<Tried<N> | 'underWay'> {
    const timeoutMs = this.timeoutFor(site.profile, request);
    const notSending = (outcome: (msgid: string) => CallOutcome<N>): Promise<Tried<N> | 'underWay'> =>
      this.withoutSending(request, draft, isFinal, outcome);
    const refusal = await site.lane.enter(timeoutMs);
    if (refusal !== null) return notSending(unreachable(refusal));
    try {
      const signIn = await this.signIn(site, request, progress);
      if (signIn.kind === 'refused') return await notSending(refusedAtSignIn(signIn));
      if (signIn.kind === 'unreachable') return await notSending(unreachable(signIn.reason));
      const sent = await this.sender.send(site, request, draft, { signNo: signIn.signNo, timeoutMs, isFinal });
      if (sent.kind === 'done') return { ...sent, replayed: false };
      return sent.kind === 'ended' ? await this.replay(request, sent.row, isFinal) : 'underWay';
    } finally {
      site.lane.leave();
    }
  }

  /**
   * Where nothing can be sent now: the outcome that the message has from before, else `outcome`. It stays prepared then, so
   * that the same call sends it later.
   */
  private async withoutSending<N extends Infno>(
    request: CallRequest<N>,
    draft: Draft,
    isFinal: IsFinal<N>,
    outcome: (msgid: string) => CallOutcome<N>,
  ): Promise<Tried<N> | 'underWay'> {
    const row = await this.log.prepare(draft);
    if (row.outcome !== null) return this.replay(request, row, isFinal);
    return isUnderWay(row, this.clock.now()) ? 'underWay' : notSent(outcome(row.msgid));
  }

  private async signIn(site: Site, request: AnyRequest, progress: Progress): Promise<SignInResult | { kind: 'ready'; signNo: null }> {
    if (!site.profile.signIn || request.infno === '9001') return { kind: 'ready', signNo: null };
    const timeoutMs = this.timeoutMs ?? timeoutOf(site.profile, '9001');
    return this.signIns.signNoFor(site, request.operator, progress.refusedSignInAt, timeoutMs);
  }

  /** 9001 on behalf of a call that already holds a place in the lane: it waits for a token only. */
  private async sendSignIn(site: Site, request: CallRequest<'9001'>): Promise<CallOutcome<'9001'>> {
    const timeoutMs = this.timeoutFor(site.profile, request);
    const draft = draftOf(site, request, 1);
    if (!(await site.lane.takeToken(this.clock.now() + timeoutMs))) return unreachable<'9001'>('laneFull')((await this.log.prepare(draft)).msgid);
    const sent = await this.sender.send(site, request, draft, { signNo: null, timeoutMs, isFinal: () => true });
    // The key is new with each lease, so nobody else can have sent it.
    if (sent.kind !== 'done') throw new GatewayError('badKey', 'the key of a sign-in is in use already');
    return sent.outcome;
  }

  /** Waits until no other sender is at the message of a draft. */
  private async waitWhileUnderWay(draft: Draft): Promise<void> {
    for (;;) {
      await sleep(POLL_MS);
      const row = await this.log.find(draft.key);
      if (!row || !isUnderWay(row, this.clock.now())) return;
    }
  }

  private async runOnAnswer<N extends Infno>(request: CallRequest<N>, outcome: AnsweredOutcome<N>): Promise<void> {
    const { onAnswer } = request;
    if (onAnswer) await this.store.write((manager) => onAnswer(outcome, manager));
  }

  private timeoutFor(profile: Profile, request: AnyRequest): number {
    const sent = infnoAsSent(profile, request.infno);
    return request.timeoutMs ?? this.timeoutMs ?? profile.timeoutsMs[sent] ?? timeoutOf(profile, request.infno);
  }

  private note(request: AnyRequest, outcome: CallOutcome<Infno>, ms: number): void {
    nationalCalls.inc({ infno: request.infno, outcome: outcome.kind });
    nationalCallSeconds.observe({ infno: request.infno }, ms / 1000);
    const level = outcome.kind === 'settled' || outcome.kind === 'refused' ? 'info' : 'warn';
    // The platform's own words may hold a person's name and stay out of the log; the message log has them.
    const fields = { infno: request.infno, institution: request.institution, msgid: outcome.msgid, outcome: outcome.kind, ms };
    this.logger[level](fields, `交易 ${transactions[request.infno].name}`);
  }
}

/** Whether an outcome calls for another try within the same call: a lapsed sign-in once, a busy platform for what books nothing. */
function nextTry(profile: Profile, infno: Infno, tried: Omit<Done<Infno>, 'kind'>, at: Progress): Progress | null {
  const { outcome, answered, throttled, sentAt } = tried;
  if (throttled && at.throttledTries < THROTTLED_TRIES) return { ...at, throttledTries: at.throttledTries + 1 };
  // 'sentAt' is 0 where the sign-in itself was refused and nothing left.
  if (sentAt > 0 && refusedForSignIn(profile, outcome) && at.refusedSignInAt === 0 && infno !== '9001') {
    return { ...at, tryNumber: at.tryNumber + 1, refusedSignInAt: sentAt };
  }
  const busy = outcome.kind === 'unknown' && answered && mayRepeat(infno);
  if (busy && at.busyTries < BUSY_TRIES) return { ...at, tryNumber: at.tryNumber + 1, busyTries: at.busyTries + 1 };
  return null;
}

function unreachable<N extends Infno>(reason: string): (msgid: string) => CallOutcome<N> {
  return (msgid) => ({ kind: 'unreachable', msgid, reason });
}

/** Once the operator can sign in, the same call sends the message. */
function refusedAtSignIn<N extends Infno>({ code, text }: { code: string; text: string }): (msgid: string) => CallOutcome<N> {
  return (msgid) => ({ kind: 'refused', msgid, code, text: `签到失败: ${text}`, replayed: false });
}

function notSent<N extends Infno>(outcome: CallOutcome<N>): Tried<N> {
  return { outcome, sentAt: 0, answered: false, throttled: false, replayed: false };
}

function draftOf(site: Site, request: AnyRequest, tryNumber: number): Draft {
  const { key } = request;
  return {
    key: { ...key, step: tryNumber === 1 ? key.step : `${key.step}~${tryNumber}` },
    institution: site.institution.fixmedinsCode,
    infno: infnoAsSent(site.profile, request.infno),
    profile: site.profile.id,
    psnNo: request.psnNo ?? findMember(request.input, 'psn_no'),
    mdtrtId: findMember(request.input, 'mdtrt_id'),
  };
}

function isAnswered<N extends Infno>(outcome: CallOutcome<N>): outcome is AnsweredOutcome<N> {
  return outcome.kind === 'settled' || outcome.kind === 'refused';
}

function checkKey({ key }: AnyRequest): void {
  const good = key.step.length > 0 && key.step.length <= LONGEST_STEP && !key.step.includes('~') && Number.isSafeInteger(key.ordinal);
  if (!good) throw new GatewayError('badKey', `step has 1 to ${LONGEST_STEP} characters without "~", ordinal is an integer`);
}
