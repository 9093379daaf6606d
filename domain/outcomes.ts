/**
 * The one list of ways in which a request or a command can end other than by success (结果码). Codes are stable:
 * HIS programs branch on them, people read `title` and `next`. HTTP status and retry behaviour live here and nowhere else.
 */

/**
 * What the caller does: `retry` the same request with the same key, `refuse` (the request is wrong or does not fit: change it),
 * `ask` (a person decides first), `stop` (do not go on: something on our side or an agreement is broken).
 */
export type OutcomeClass = 'retry' | 'refuse' | 'ask' | 'stop';

export interface Outcome {
  readonly title: string;
  readonly class: OutcomeClass;
  /** HTTP status. */
  readonly status: number;
  /** What to do next, one Chinese sentence. */
  readonly next: string;
}

/** The request itself: syntax, size, fields, credentials of the caller. */
const requestOutcomes = {
  ROUTE_UNKNOWN: { title: '没有这个地址', class: 'refuse', status: 404, next: '请按 /docs 所列地址访问。' },
  METHOD_NOT_ALLOWED: { title: '此地址不支持该方法', class: 'refuse', status: 405, next: '请改用响应头 Allow 所列的方法。' },
  ORIGIN_REFUSED: { title: '不接受其他网站发来的请求', class: 'refuse', status: 403, next: '请由院内系统后台直接调用。' },
  TOKEN_MISSING: { title: '缺少访问令牌', class: 'refuse', status: 401, next: '请在请求头 Authorization 中携带 Bearer 令牌。' },
  TOKEN_INVALID: { title: '访问令牌无效', class: 'refuse', status: 401, next: '请重新申请令牌；核对签发方、受众和签名算法。' },
  TOKEN_EXPIRED: { title: '访问令牌已过期', class: 'refuse', status: 401, next: '请重新取得令牌后再试。' },
  PATH_INVALID: { title: '地址中的编号不合法', class: 'refuse', status: 404, next: '编号只能含字母、数字、下划线和短横线。' },
  QUERY_INVALID: { title: '查询参数不合法', class: 'refuse', status: 400, next: '请按接口说明修改查询参数。' },
  SORT_UNKNOWN: { title: '不支持的排序', class: 'refuse', status: 400, next: '请使用接口说明所列的排序。' },
  CURSOR_INVALID: { title: '翻页标记不合法', class: 'refuse', status: 400, next: '请使用上一页返回的 nextCursor，条件保持不变。' },
  ID_NUMBER_IN_QUERY: { title: '查询参数中不得出现证件号码', class: 'refuse', status: 400, next: '请改用 POST /v1/admissions/search，在请求体中传证件号码。' },
  CONTENT_TYPE_UNSUPPORTED: { title: '不支持的内容类型', class: 'refuse', status: 415, next: '请使用 application/json；费用明细也可用 text/csv。' },
  CONTENT_ENCODING_UNSUPPORTED: { title: '不接受压缩的请求体', class: 'refuse', status: 415, next: '请不要设置 Content-Encoding。' },
  BODY_TOO_LARGE: { title: '请求体过大', class: 'refuse', status: 413, next: '请分批提交：JSON 至多 5 MB，CSV 至多 20 MB。' },
  BODY_INCOMPLETE: { title: '请求体不完整', class: 'retry', status: 400, next: '请检查网络后用同一幂等键重发。' },
  BODY_UNEXPECTED: { title: '此操作不接受请求体', class: 'refuse', status: 400, next: '请去掉请求体。' },
  TEXT_NOT_UTF8: { title: '文字编码不正确', class: 'refuse', status: 400, next: '请使用 UTF-8；CSV 也可注明 charset=gb18030。' },
  JSON_INVALID: { title: 'JSON 格式错误', class: 'refuse', status: 400, next: '请按 detail 所示位置改正后重发。' },
  JSON_DUPLICATE_KEY: { title: 'JSON 中有重复的字段', class: 'refuse', status: 400, next: '请去掉重复字段。' },
  JSON_NUMBER_INEXACT: { title: 'JSON 中的数字超出可精确表示的范围', class: 'refuse', status: 400, next: '金额用整数分，数量与单价用文本。' },
  FIELD_INVALID: { title: '字段不合法', class: 'refuse', status: 400, next: '请按 errors 所列逐项改正。' },
  IDEMPOTENCY_KEY_MISSING: { title: '缺少幂等键', class: 'refuse', status: 400, next: '请在请求头 Idempotency-Key 中给出每笔业务唯一的键。' },
  IDEMPOTENCY_KEY_INVALID: { title: '幂等键不合法', class: 'refuse', status: 400, next: '幂等键为 1–64 位字母、数字或 . _ : - 。' },
  IDEMPOTENCY_KEY_REUSED: { title: '幂等键已用于另一笔不同的业务', class: 'refuse', status: 409, next: '新业务请换新键；重发旧业务请保持内容不变。' },
  PREFER_INVALID: { title: '请求头 Prefer 不合法', class: 'refuse', status: 400, next: '请写作 Prefer: wait=秒数，0–60。' },
  REQUEST_TIMEOUT: { title: '请求接收超时', class: 'retry', status: 408, next: '请检查网络后用同一幂等键重发。' },
  HEADERS_TOO_LARGE: { title: '请求头过大', class: 'refuse', status: 431, next: '请减小请求头。' },
  HTTP_MALFORMED: { title: '不是合法的 HTTP 请求', class: 'refuse', status: 400, next: '请检查请求的首行、请求头与长度。' },
} as const satisfies Record<string, Outcome>;

/** Load and availability. */
const serviceOutcomes = {
  TOO_MANY_COMMANDS: { title: '同一住院的在办业务过多', class: 'retry', status: 429, next: '请按 Retry-After 等候后用同一幂等键重发。' },
  TOO_MANY_REQUESTS: { title: '请求过多', class: 'retry', status: 429, next: '请按 Retry-After 等候后用同一幂等键重发。' },
  STORE_UNAVAILABLE: { title: '数据库暂不可用', class: 'retry', status: 503, next: '请按 Retry-After 等候后用同一幂等键重发。' },
  TEMPORAL_UNAVAILABLE: { title: '流程引擎暂不可用', class: 'retry', status: 503, next: '请按 Retry-After 等候后重试；已受理的业务不会丢失。' },
  KEYS_UNAVAILABLE: { title: '暂时无法核验访问令牌', class: 'retry', status: 503, next: '身份服务取不到公钥，请按 Retry-After 等候后重试。' },
  SHUTTING_DOWN: { title: '服务正在重启', class: 'retry', status: 503, next: '请按 Retry-After 等候后用同一幂等键重发。' },
  INTERNAL: { title: '系统内部错误', class: 'stop', status: 500, next: '请把 incident 编号告诉运维；同一幂等键可以重发。' },
  COMMAND_FAILED: { title: '业务办理失败', class: 'ask', status: 500, next: '请勿换键重办，把业务编号告诉运维核查。' },
} as const satisfies Record<string, Outcome>;

/** Content of fee uploads. */
const feeOutcomes = {
  CSV_HEADER_INVALID: { title: 'CSV 表头不正确', class: 'refuse', status: 400, next: '首行应为列名，必需列见接口说明。' },
  CSV_MALFORMED: { title: 'CSV 格式错误', class: 'refuse', status: 400, next: '请检查引号、分隔符和列数。' },
  FEE_ROWS_INVALID: { title: '费用明细有错误行', class: 'refuse', status: 400, next: '请按 rows 所列行号改正；整批未入库，改正后整批重传。' },
  FEE_ROWS_TOO_MANY: { title: '费用明细行数过多', class: 'refuse', status: 413, next: 'JSON 每批至多 5,000 行，CSV 每批至多 20,000 行，请分批。' },
  FEE_ROWS_EMPTY: { title: '没有费用明细', class: 'refuse', status: 400, next: '请至少提交一行。' },
} as const satisfies Record<string, Outcome>;

/** One bad row of a fee upload; listed by line number inside FEE_ROWS_INVALID. */
const feeRowOutcomes = {
  ROW_FIELD_INVALID: { title: '字段不合法', class: 'refuse', status: 400, next: '请改正该字段。' },
  ROW_AMOUNT_MISMATCH: { title: '金额不等于数量乘单价', class: 'refuse', status: 400, next: '金额应为数量×单价四舍五入到分。' },
  ROW_SIGN_MISMATCH: { title: '数量与金额的正负不一致', class: 'refuse', status: 400, next: '退费行数量与金额同为负，其余同为正。' },
  ROW_SERIAL_DUPLICATE: { title: '费用流水号重复', class: 'refuse', status: 400, next: '同一住院内流水号不得重复。' },
  ROW_RETURN_WITHOUT_ORIGINAL: { title: '退费行没有原费用流水号', class: 'refuse', status: 400, next: '请填写 init_feedetl_sn。' },
  ROW_ORIGINAL_UNKNOWN: { title: '找不到被退的原费用', class: 'refuse', status: 400, next: '请核对 init_feedetl_sn；原费用须先上传或同批上传。' },
  ROW_ORIGINAL_DIFFERS: { title: '退费行与原费用不一致', class: 'refuse', status: 400, next: '目录编码与单价须同原费用。' },
  ROW_RETURN_EXCEEDS: { title: '退费数量超过原费用', class: 'refuse', status: 400, next: '累计退费数量不得超过原数量。' },
} as const satisfies Record<string, Outcome>;

/** The admission and its business rules. */
const admissionOutcomes = {
  ADMISSION_NOT_FOUND: { title: '找不到该次住院', class: 'refuse', status: 404, next: '请核对住院号；刚提交的登记请先查询受理结果。' },
  ADMISSION_EXISTS: { title: '该住院号已登记', class: 'refuse', status: 409, next: '请查询该次住院；已撤销且本地允许的，可再次登记。' },
  ADMISSION_ENDED: { title: '该次住院已办结', class: 'refuse', status: 409, next: '已办结的住院不能再办理业务。' },
  COMMAND_NOT_FOUND: { title: '找不到该笔业务', class: 'refuse', status: 404, next: '请核对业务编号。' },
  DAY_NOT_BEGUN: { title: '该日尚未开始，不能对账', class: 'refuse', status: 422, next: '请填写今天或以前的日期。' },
  RECONCILIATION_NOT_FOUND: { title: '该日没有对过账', class: 'refuse', status: 404, next: '请核对日期和次数，或用 POST /v1/reconciliations 对账。' },
  SHEET_NOT_READY: { title: '没有可打印的结算单', class: 'refuse', status: 409, next: '请先办理结算。' },
  PROFILE_UNKNOWN: { title: '未配置该机构的接口方案', class: 'stop', status: 500, next: '请运维核对机构配置。' },
  CREDENTIAL_IS_PAYMENT_CODE: { title: '扫到的是付款码', class: 'ask', status: 400, next: '请患者打开医保电子凭证后重新扫码。' },
  MAIN_DIAGNOSIS_INVALID: { title: '须有且仅有一个主诊断', class: 'refuse', status: 400, next: '请核对 maindiag_flag。' },
  DISCHARGE_BEFORE_ADMISSION: { title: '出院时间早于入院时间', class: 'refuse', status: 422, next: '请核对出院时间。' },
  WRONG_STEP: { title: '当前环节不能办理此项业务', class: 'refuse', status: 409, next: '请先查询住院状态，按顺序办理。' },
  OUTCOME_UNKNOWN: { title: '上一笔交易结果待确认', class: 'ask', status: 409, next: '请勿重复收费，等待系统确认或由医保办处置。' },
  SETTLEMENT_HELD: { title: '结算金额待确认', class: 'ask', status: 409, next: '请确认金额，或撤销该笔结算。' },
  NOTHING_HELD: { title: '没有待确认金额的结算', class: 'refuse', status: 409, next: '请查询住院状态。' },
  NOTHING_UNKNOWN: { title: '没有待处置的不明结果', class: 'refuse', status: 409, next: '请查询住院状态。' },
  DEPOSIT_INSUFFICIENT: { title: '预交金余额不足', class: 'refuse', status: 422, next: '请核对预交金余额。' },
  NO_FEES: { title: '没有未结算的费用', class: 'refuse', status: 409, next: '请先上传费用明细。' },
  FEES_NOT_FOUND: { title: '找不到要撤销的费用明细', class: 'refuse', status: 409, next: '请核对费用流水号；已结算的明细须先撤销结算。' },
  NO_PRE_SETTLEMENT: { title: '没有可撤销的预结算', class: 'refuse', status: 409, next: '请查询住院状态。' },
  NOT_DISCHARGED: { title: '尚未办理出院', class: 'refuse', status: 409, next: '请先办理出院，再结算。' },
  NOT_SETTLED: { title: '尚未结算', class: 'refuse', status: 409, next: '请先结算，再办理出院。' },
  SETTLEMENT_NOT_FOUND: { title: '找不到该笔结算', class: 'refuse', status: 409, next: '请核对结算号；已撤销的结算不能再办。' },
  NOT_LAST_SETTLEMENT: { title: '不是最后一笔结算', class: 'refuse', status: 409, next: '请从最后一笔起依次撤销。' },
  SETTLEMENT_FIRST: { title: '须先撤销结算', class: 'refuse', status: 409, next: '请先撤销结算。' },
  DISCHARGE_FIRST: { title: '须先撤销出院', class: 'refuse', status: 409, next: '请先撤销出院。' },
  LIST_FIRST: { title: '须先撤回结算清单', class: 'refuse', status: 409, next: '请先撤回结算清单。' },
  LIST_NOT_SUBMITTED: { title: '没有已提交的结算清单', class: 'refuse', status: 409, next: '请查询住院状态。' },
  LIST_INCONSISTENT: { title: '结算清单与中心读回的不一致', class: 'ask', status: 422, next: '请核对清单内容后重新上传。' },
  AMOUNTS_INCONSISTENT: { title: '医保平台返回的金额不平', class: 'ask', status: 422, next: '请医保办核对，不要按此金额收费。' },
  SETL_ID_REQUIRED: { title: '认账须给出中心结算号', class: 'refuse', status: 422, next: '请从对账明细中取得结算号。' },
  BEING_ADOPTED: { title: '该笔结算正在认账', class: 'refuse', status: 409, next: '请稍后查询住院状态。' },
  BEING_ABANDONED: { title: '该笔结算正在冲正或已处置', class: 'refuse', status: 409, next: '请稍后查询住院状态。' },
  SETTLEMENT_NOT_OURS: { title: '该结算号不对应这份报文', class: 'refuse', status: 422, next: '请核对结算号与报文编号。' },
  REVERSAL_REFUSED: { title: '医保中心拒绝冲正', class: 'ask', status: 422, next: '已转人工，请医保办联系中心核实后处置。' },
  MESSAGE_INVALID: { title: '提交的内容不符合医保接口要求', class: 'refuse', status: 422, next: '请按说明中的字段改正后用新幂等键重办。' },
  COMMAND_MALFORMED: { title: '指令格式不正确', class: 'refuse', status: 400, next: '指令须含 commandId、payload、operator。' },
  AMOUNT_MISMATCH: { title: '金额不一致', class: 'ask', status: 422, next: '请核对金额后重新预结算。' },
  PERSON_MISMATCH: { title: '就诊凭证不是本人', class: 'refuse', status: 422, next: '请核对患者，使用本人凭证。' },
  PERSON_NOT_FOUND: { title: '查无此参保人', class: 'refuse', status: 422, next: '请核对证件号码和参保地。' },
  INSURANCE_NOT_FOUND: { title: '没有可用的参保关系', class: 'refuse', status: 422, next: '请核对险种和参保状态，或办理自费住院。' },
  ACCIDENT_NOT_FILED: { title: '外伤住院缺少备案号', class: 'refuse', status: 422, next: '请先办理外伤备案。' },
  CREDENTIAL_EXPIRED: { title: '就诊凭证已失效', class: 'ask', status: 422, next: '请患者重新扫码后用新幂等键重办。' },
  FEE_WARNING: { title: '费用有医保事中预警', class: 'ask', status: 422, next: '请核对提示后改正或说明原因。' },
  PLATFORM_REFUSED: { title: '医保平台拒绝', class: 'refuse', status: 422, next: '请按平台提示处理后用新幂等键重办。' },
  PLATFORM_UNREACHABLE: { title: '医保平台连接不上', class: 'retry', status: 503, next: '本次没有发出任何请求，请稍后用新幂等键重办。' },
  MONTH_DECLARED: { title: '已申报清算，不能撤销', class: 'ask', status: 409, next: '请联系医保经办机构办理。' },
} as const satisfies Record<string, Outcome>;

export const outcomes = {
  ...requestOutcomes,
  ...serviceOutcomes,
  ...feeOutcomes,
  ...feeRowOutcomes,
  ...admissionOutcomes,
} as const;

export type OutcomeCode = keyof typeof outcomes;
export type FeeRowCode = keyof typeof feeRowOutcomes;

export const OUTCOME_CODES = Object.keys(outcomes) as readonly OutcomeCode[];

/** Whether text (a refusal's code, an ApplicationFailure's type) is a code of this list. */
export function isOutcomeCode(text: string): text is OutcomeCode {
  return Object.hasOwn(outcomes, text);
}

export function outcomeOf(code: OutcomeCode): Outcome {
  return outcomes[code];
}

/** Whether sending the same request again with the same key makes sense; the compiler checks every class. */
export function mayRepeat(code: OutcomeCode): boolean {
  const outcome: Outcome = outcomes[code];
  switch (outcome.class) {
    case 'retry':
      return true;
    case 'refuse':
    case 'ask':
    case 'stop':
      return false;
    default:
      return outcome.class satisfies never;
  }
}
