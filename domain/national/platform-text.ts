/**
 * What the platform says in words (平台提示语), since it has no stable error codes. All reading of such texts is here; a
 * province's own wordings are added in its profile (`texts`).
 */
import type { Profile } from '../../schemas/national/profile';

export type PlatformTextKind = keyof Profile['texts'];

const PATTERNS: Readonly<Record<PlatformTextKind, RegExp>> = {
  // A fault of network, host or database: nobody knows whether the transaction was done.
  technical:
    /超时(?!限)|time[ -]?d? ?out|(系统|服务|服务器|中心|网络|平台)(正?忙|繁忙)|请?稍[后候](再试|重试)|(网络|通信|通讯|连接)(异常|错误|故障|中断|失败|不通|断开)|数据库[^，。,]{0,6}(异常|错误|失败|故障|繁忙|死锁|不可用)|系统(级)?(异常|错误|故障)|服务(不可用|异常|未响应|无响应)|未响应|无响应|connection|socket|unreachable|unavailable|ora-\d|(sql|io|runtime|nullpointer)\w*exception|http ?(status)? ?[45]\d\d|bad gateway|internal server error|busy/i,
  signInExpired: /未签到|没有签到|签到(已?(失效|过期|超时)|信息(不存在|失效|过期|无效)|流水号(不存在|无效|失效|过期|错误)|编号(不存在|无效|失效|过期))|请(先|重新)签到|sign_no[^，。,]{0,8}(无效|失效|过期|不存在|为空|错误|invalid|expired)/i,
  voucherExpired: /(凭证|二维码|令牌|电子码|扫码|ectoken|token)[^，。,;；]{0,8}(过期|失效|无效|超过有效期|已(经|被)?使用|使用过)|(凭证|二维码|令牌|电子码)已?超时/i,
  alreadyReversed: /退费标志不为未退费|(已经?|重复)(退费|退款|冲正|撤销|被冲正|被撤销|作废)|已退/,
  originalNotFound: /(原(交易|报文|业务|结算|记录)|交易记录|结算(信息|记录)|发送方报文)[^，。,]{0,12}(不存在|未找到|未查询到|找不到|没有找到|查无)|(未找到|未查询到|查无|找不到|没有找到)[^，。,]{0,8}(原(交易|报文|业务|结算|记录)|交易记录|结算(信息|记录)|明细)/,
  alreadyInHospital: /(已|正)在院|已办理(入院|住院)|(存在|有)(未出院|未结束的住院|在院)|(已|正在)(其他|.{0,20}医院)?.{0,4}住院/,
  duplicateLine: /(流水号|明细)[^，。,]{0,12}(重复|已存在|已上传)|重复(上传|的?(流水号|明细))/,
};

/** Whether a text of the platform is of a kind. */
export function says(profile: Pick<Profile, 'texts'>, kind: PlatformTextKind, text: string | null | undefined): boolean {
  if (!text) return false;
  return PATTERNS[kind].test(text) || profile.texts[kind].some((part) => text.includes(part));
}

/** What a refused 2601 means for the original. */
export type ReversalRefusal = 'alreadyReversed' | 'originalNotFound' | 'other';

/** Reads the refusal of a 2601: `alreadyReversed` is success in disguise, `originalNotFound` holds only once 3202 agrees. */
export function readReversalRefusal(profile: Pick<Profile, 'texts'>, text: string | null): ReversalRefusal {
  if (says(profile, 'alreadyReversed', text)) return 'alreadyReversed';
  return says(profile, 'originalNotFound', text) ? 'originalNotFound' : 'other';
}

// Words of adapters and gateways that name no reason: the centre itself says more.
const NAMELESS = /^[\s\p{P}]*(((调用|请求|接口|交易|处理|操作|执行|服务|结算|医保|平台|中心)+(失败|异常|错误|出错)?)|失败|异常|错误|未知(错误|异常)?|error|fail(ed|ure)?|exception|null|undefined|unknown( error)?)[\s\p{P}]*$/iu;

/** Whether a text names a reason in Chinese, as a centre's own refusal does. */
export function namesReason(text: string | null | undefined): boolean {
  if (!text || NAMELESS.test(text)) return false;
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4;
}

// What a gateway refuses before it passes anything on.
const REFUSED_AT_GATEWAY = /unknown transaction|未知的?交易|交易(编号|号|码)[^，。,]{0,6}(不存在|错误|无效|未知|不匹配|不支持)|不支持的?交易|签名(验证|校验)?(失败|错误|不正确|无效|不合法)|验签(失败|错误|不通过)|未授权|没有权限|无权(限|访问)|unauthori[sz]ed|forbidden|(invalid|wrong|bad|missing) signature|signature[ :]*(error|invalid|failed|mismatch)/i;

export function refusedAtGateway(text: string | null | undefined): boolean {
  return Boolean(text) && REFUSED_AT_GATEWAY.test(text ?? '');
}
