/**
 * A province profile (省级差异配置) says where a platform deviates from the default in `source/interfaces.json`. It is data: a site
 * adds a JSON file, see README.md. This file holds types only, so that workflows may import it; `load-profiles.ts` reads
 * the files.
 */

/** Name in the default profile → the name or value that this province uses. */
export type Renames = Readonly<Record<string, string>>;

export interface Profile {
  /** Id (配置编号): the file's name without `.json`. */
  readonly id: string;
  /** Name (名称) in Chinese, for screens and error texts. */
  readonly name: string;

  /** Request header (请求头). */
  readonly header: {
    /** Receiving system (接收方系统代码), a regional constant such as YBXT. */
    readonly recer_sys_code: string;
    /** Interface version (接口版本号), `V1.0` in most places. */
    readonly infver: string;
    /** Further constant members (附加报文头), such as `recer_admdvs` or `serv_code`. */
    readonly extra: Readonly<Record<string, string>>;
  };
  /** Address of a call (接口地址形式). */
  readonly url: {
    /**
     * one: every call to the base address; infno: base + `/{infno}`; callService: base + `prefix` + `/{infno}`;
     * path: base + the path that the transaction's descriptor names.
     */
    readonly style: 'one' | 'infno' | 'callService' | 'path';
    /** Path in front of the number for callService (服务前缀). */
    readonly prefix: string;
  };
  /** Gateway signature (网关签名方式); the secrets belong to the institution. */
  readonly signature: {
    /** Header family: x-tif (SHA-256), x-ca (HMAC-SM3), apikey (an issued key on top of x-tif), none. */
    readonly family: 'x-tif' | 'x-ca' | 'apikey' | 'none';
  };
  /** Whether 9001 sign-in is compulsory (是否需要签到). Without it the header carries an empty sign_no. */
  readonly signIn: boolean;
  /** Life of a sign_no in minutes (签到有效时长); it is renewed before that. */
  readonly signNoLifeMinutes: number;

  /** Numbers on the wire (数值写法): JSON numbers, or texts such as `"12.50"`. Both are read. */
  readonly numbersAs: 'number' | 'string';
  /** Member `input` as a JSON text instead of an object (入参转字符串). Both are read. */
  readonly inputAsString: boolean;
  /** Member `output` of answers as a JSON text (出参转字符串). Both are read. */
  readonly outputAsString: boolean;
  /** Type of `infcode` in answers (状态码写法). Both are read. */
  readonly infcodeAs: 'number' | 'string';
  /** Wrapper around answers (应答外层): none, or `{code, type, message, data: {…}}`. Both are read. */
  readonly wrapper: 'none' | 'data';
  /** Where 9001 puts its answer (签到应答位置): in `output.signinoutb`, or beside `infcode`. Both are read. */
  readonly signInAnswer: 'output' | 'root';
  /** File bytes of 9101 (文件内容写法): Base64 text or a list of signed byte values. Both are read. */
  readonly fileBytesAs: 'base64' | 'signedBytes';

  /**
   * Field names (字段名差异): transaction number, `*` for all, or `header` → default name → theirs. A default name may be
   * written `node.field` to mean one node only. Holds for input and output.
   */
  readonly fieldNames: Readonly<Record<string, Renames>>;
  /** Node names (节点名差异): transaction number or `*` → default name → theirs. Holds for input and output. */
  readonly nodeNames: Readonly<Record<string, Renames>>;
  /**
   * Required flags (必填差异): transaction number → field → required. A plain field name means every node of the input;
   * `node.field` means one node, of input or output.
   */
  readonly required: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  /** Code values (代码值差异): code table → our value → theirs. */
  readonly codeValues: Readonly<Record<string, Renames>>;
  /** Local codes (地方代码): code table → value → Chinese label; they are accepted beside the national ones. */
  readonly localCodes: Readonly<Record<string, Renames>>;
  /** Other numbers (A版接口、地方编号): our number → the number sent with the same fields, such as 2304 → 2304A or 1162 → 6101. */
  readonly forms: Readonly<Record<string, string>>;

  /** Personal account inside fund_pay_sumamt (个人账户是否计入基金支付总额). */
  readonly accountInFundSum: boolean;
  /** Refund answers (退费应答) repeat the settlement's amounts with a minus sign. */
  readonly refundAmountsNegative: boolean;
  /** 2304 before 2402 (先结算后出院). */
  readonly settleBeforeDischarge: boolean;
  /** Pre-settlement (预结算方式): compulsory before each settlement, or left to the hospital. */
  readonly preSettlement: 'required' | 'optional';
  /** A refused fee line (费用明细被拒时) refuses the whole call, or only itself: then 2301's result leaves the line out. */
  readonly refusedLine: 'call' | 'line';
  /** Rows of one 2301 or 2302 call at most (每次明细上限). */
  readonly feeLinesPerCall: number;
  /** Warning slot (费用预警): which rule check is asked before fee lines are uploaded, 3101 (事前) or 3102 (事中), or none. */
  readonly feeWarning: 'none' | '3101' | '3102';
  /**
   * Disease code of a settlement (结算病种编码): the member of 2303 and 2304 `data` that carries it, or none, as the catalogue
   * prints no such member. In `expContent` it stands as JSON `{"dise_codg": …}`.
   */
  readonly settlementDiseaseCode: 'none' | 'dise_codg' | 'expContent';
  /** A cancelled admission may be opened again as a new round (撤销后可再次入院登记). */
  readonly reopenCancelledAdmission: boolean;
  /** Longest stay in days before a mid-stay settlement is due (中途结算天数). */
  readonly maxStayDaysPerSettlement: number;
  /** Days without a fee upload until an abnormal item is raised (费用未上传预警天数). */
  readonly feesOverdueDays: number;
  /** Hours from discharge until an abnormal item is raised for want of a settlement (出院未结算预警小时数). */
  readonly settlementOverdueHours: number;

  /** How long a lost settlement may be reversed by 2601 (冲正时限): the same day, or until the month is declared. */
  readonly reversalWindow: 'sameDay' | 'untilDeclared';
  /** A settlement with an unknown outcome (结算结果不明时): abandoned by 2601 at once, or a person is asked. */
  readonly unknownSettlement: 'abandon' | 'ask';
  /** What the platform does with a repeated msgid (重复报文处理); only the sandbox reads it, the product assumes nothing. */
  readonly repeatedMsgid: 'refused' | 'sameAnswer' | 'bookedTwice';

  /** Spelling of the refund filter in 3201 and 3202 (退费结算标志写法). */
  readonly refundFlagFilter: 'REFD_SETL_FLAG' | 'refd_setl_flag';
  /** Values of stmt_rslt that mean balanced (对账平标志). */
  readonly balancedCodes: readonly string[];

  /** When the day before is reconciled (日对账时间), `HH:mm` in Asia/Shanghai [practice]. */
  readonly reconcileAt: string;
  /** By when it has to be finished (日对账时限), `HH:mm` of the same day [practice]; later it is an abnormal item. */
  readonly reconcileDeadline: string;

  /** Milliseconds to wait for an answer (超时毫秒数): `default`, and by transaction number. */
  readonly timeoutsMs: Readonly<Record<string, number>> & { readonly default: number };
  /** Calls a second of one institution at most (每秒请求上限). */
  readonly rateLimitPerSecond: number;
  /**
   * Further wordings (平台用语) of this platform beside those in `domain/national/platform-text.ts`, as plain parts of the text:
   * a fault that leaves the outcome open, a sign-in that ran out, a voucher that ran out, an original already reversed,
   * an original not found, a person already in hospital, a fee line uploaded twice.
   */
  readonly texts: {
    readonly technical: readonly string[];
    readonly signInExpired: readonly string[];
    readonly voucherExpired: readonly string[];
    readonly alreadyReversed: readonly string[];
    readonly originalNotFound: readonly string[];
    readonly alreadyInHospital: readonly string[];
    readonly duplicateLine: readonly string[];
  };
}

/** Profiles by id. */
export type Profiles = Readonly<Record<string, Profile>>;

/** Milliseconds to wait for the answer of a transaction. */
export function timeoutOf(profile: Profile, infno: string): number {
  return profile.timeoutsMs[infno] ?? profile.timeoutsMs.default;
}
