import { verifySignature } from '../../domain/national/signature';
import { decodeRequest, MessageError, readEnvelope, type DecodedRequest } from '../../domain/national/codec';
import { readBodyText } from '../../domain/national/body-text';
import { transactions } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { institutionOf, type Institution } from './institutions';
import { GatewayError, Refusal } from './refusal';
import type { Db } from './store';

/** An HTTP request as it came. */
export interface Arrival {
  readonly path: string;
  /** Lower-case names; repeated headers joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request that the gateway lets through. */
export type Admitted = DecodedRequest & { readonly institution: Institution };

const UNKNOWN_TRANSACTION = '交易编号不存在';
const NONCE_LIFE_MS = 10 * 60_000;

/** The gateway in front of the centre: reads the message, checks signature, nonce and address. */
export class Gateway {
  private readonly nonces = new Map<string, number>();

  constructor(
    private readonly profile: Profile,
    private readonly db: Db,
  ) {}

  /**
   * Throws GatewayError for what never reaches the centre, Refusal for a message whose fields break their schema.
   * Signatures are judged by the machine's clock, not by the centre's.
   */
  admit(arrival: Arrival): Admitted {
    const request = this.read(arrival);
    const institution = institutionOf(this.db, request.header.fixmedins_code);
    this.checkSignature(arrival, institution);
    this.checkPath(arrival.path, request);
    this.checkConstants(arrival);
    return { ...request, institution };
  }

  private read(arrival: Arrival): DecodedRequest {
    try {
      return decodeRequest(this.profile, arrival.body, arrival.headers['content-type']);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      if (error.code === 'MESSAGE_UNKNOWN_TRANSACTION') throw new GatewayError(UNKNOWN_TRANSACTION);
      if (error.path === 'body') throw new GatewayError(`报文校验失败：${error.text}`);
      throw new Refusal(`[报文校验]${error.path}：${error.text}`);
    }
  }

  private checkSignature(arrival: Arrival, institution: Institution): void {
    const verdict = verifySignature(this.profile, institution, arrival.headers, arrival.body, new Date());
    if (verdict !== 'valid') {
      throw new GatewayError(verdict === 'expired' ? '签名校验失败：时间戳超出允许范围' : '签名校验失败');
    }
    const nonce = arrival.headers['x-tif-nonce'];
    if (nonce) this.useOnce(`${institution.fixmedins_code}/${nonce}`);
  }

  private useOnce(nonce: string): void {
    const now = Date.now();
    for (const [old, at] of this.nonces) {
      if (at > now - NONCE_LIFE_MS) break;
      this.nonces.delete(old);
    }
    if (this.nonces.has(nonce)) throw new GatewayError('签名校验失败：随机数重复');
    this.nonces.set(nonce, now);
  }

  private checkPath(path: string, request: DecodedRequest): void {
    const { style, prefix } = this.profile.url;
    const expected = {
      one: '',
      infno: `/${request.sentInfno}`,
      callService: `${prefix}/${request.sentInfno}`,
      path: transactions[request.infno].path ?? '/',
    }[style];
    if (!path.endsWith(expected)) throw new GatewayError(UNKNOWN_TRANSACTION);
  }

  private checkConstants(arrival: Arrival): void {
    const extra = Object.entries(this.profile.header.extra);
    if (extra.length === 0) return;
    const envelope = readEnvelope(readBodyText(arrival.body, arrival.headers['content-type']));
    const missing = extra.find(([name, value]) => envelope[name] !== value);
    if (missing) throw new GatewayError(`报文校验失败：报文头[${missing[0]}]不正确`);
  }
}
