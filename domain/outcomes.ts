/**
 * The one list of ways in which a request or a command can end other than by success (结果码). Codes are stable:
 * HIS programs branch on them, people read `title` and `next`. HTTP status and retry behaviour live here and nowhere else.
 */

import type { Outcome } from './outcome';
import { fileOutcomes, levyOutcomes, taxRowOutcomes } from './outcomes-tax';

export type { Outcome, OutcomeClass } from './outcome';

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
  EXPORT_TOO_LARGE: { title: '内容过多，不能导出为 Excel', class: 'refuse', status: 422, next: '请缩小查询范围，或改用 format=csv。' },
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
  STAY_IS_SELF_PAY: { title: '本次为自费住院', class: 'refuse', status: 409, next: '费用、出院照常办理；结算请办理自费结算。' },
  STAY_IS_INSURED: { title: '本次为医保住院', class: 'refuse', status: 409, next: '请办理医保结算。' },
  OUTCOME_UNKNOWN: { title: '上一笔交易结果待确认', class: 'ask', status: 409, next: '请勿重复收费，等待系统确认或由医保办处置。' },
  SETTLEMENT_HELD: { title: '结算金额待确认', class: 'ask', status: 409, next: '请确认金额，或撤销该笔结算。' },
  NOTHING_HELD: { title: '没有待确认金额的结算', class: 'refuse', status: 409, next: '请查询住院状态。' },
  NOTHING_UNKNOWN: { title: '没有待处置的不明结果', class: 'refuse', status: 409, next: '请查询住院状态。' },
  DEPOSIT_INSUFFICIENT: { title: '预交金余额不足', class: 'refuse', status: 422, next: '请核对预交金余额。' },
  NO_FEES: { title: '没有未结算的费用', class: 'refuse', status: 409, next: '请先上传费用明细。' },
  FEES_NOT_FOUND: { title: '找不到要撤销的费用明细', class: 'refuse', status: 409, next: '请核对费用流水号；已结算的明细须先撤销结算。' },
  RETURN_LEFT: { title: '有退费行的明细不能单独撤销', class: 'refuse', status: 409, next: '请连同其退费行一并撤销。' },
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

/** People of the agency: log-in, sessions, rights, decisions, changes of people. */
const peopleOutcomes = {
  SESSION_MISSING: { title: '尚未登录', class: 'refuse', status: 401, next: '请先登录，再重试。' },
  SESSION_INVALID: { title: '会话无效或已结束', class: 'refuse', status: 401, next: '请重新登录。' },
  SESSION_EXPIRED: { title: '会话已过期', class: 'refuse', status: 401, next: '请重新登录，未提交的内容请先保存。' },
  SET_UP_INCOMPLETE: { title: '账号尚未完成安全设置', class: 'refuse', status: 403, next: '请先修改初始密码并绑定动态口令。' },
  CSRF_INVALID: { title: '缺少或不符的防伪标记', class: 'refuse', status: 403, next: '请先 GET /v1/session 取得标记，写入请求头 X-Anjie-Csrf。' },
  RIGHT_MISSING: { title: '没有办理此事的权限', class: 'refuse', status: 403, next: '请由有权限的岗位办理，或按人员变更流程申请。' },
  DIVISION_OUT_OF_SCOPE: { title: '不在您的辖区范围内', class: 'refuse', status: 403, next: '请由该辖区或其上级的人员办理。' },
  LOGIN_FAILED: { title: '登录名、密码或动态口令不正确', class: 'refuse', status: 401, next: '请核对后重试；连续失败会暂时锁定。' },
  LOGIN_LOCKED: { title: '登录失败次数过多，已暂时锁定', class: 'retry', status: 429, next: '请按 Retry-After 等候后再试，或联系系统管理岗。' },
  LOGIN_BY_PROVIDER: { title: '请用统一身份认证登录', class: 'refuse', status: 409, next: '请访问 /v1/session/provider。' },
  PROVIDER_NOT_CONFIGURED: { title: '没有配置统一身份认证', class: 'refuse', status: 404, next: '请用登录名和密码登录。' },
  PROVIDER_REFUSED: { title: '统一身份认证没有通过', class: 'refuse', status: 401, next: '请重新登录；仍不成功请联系系统管理岗。' },
  PROVIDER_UNAVAILABLE: { title: '统一身份认证暂不可用', class: 'retry', status: 503, next: '请按 Retry-After 等候后重试。' },
  CHALLENGE_INVALID: { title: '登录步骤已过期', class: 'refuse', status: 401, next: '请从输入登录名和密码重新开始。' },
  PASSWORD_WEAK: { title: '新密码不符合要求', class: 'refuse', status: 422, next: '至少 12 位，含大写、小写、数字、符号中的三种，且不含登录名。' },
  TOTP_NOT_BEGUN: { title: '没有待确认的动态口令', class: 'refuse', status: 409, next: '请先 POST /v1/session/totp 取得密钥。' },
  USER_NOT_FOUND: { title: '找不到该人员', class: 'refuse', status: 404, next: '请核对人员编号。' },
  USER_NOT_ACTIVE: { title: '该账号已停用', class: 'refuse', status: 409, next: '请选择在用的账号。' },
  USER_EXISTS: { title: '登录名已被使用', class: 'refuse', status: 409, next: '请换一个登录名。' },
  DIVISION_NOT_FOUND: { title: '没有这个辖区', class: 'refuse', status: 422, next: '请核对六位辖区编码及其有效期。' },
  DIVISION_CHANGE_INVALID: { title: '辖区变更不成立', class: 'refuse', status: 422, next: '请核对上级、层级与生效日期。' },
  POST_MISSING: { title: '没有该岗位', class: 'refuse', status: 403, next: '请由在该辖区任此岗位的人员办理。' },
  POST_EXISTS: { title: '已任该岗位', class: 'refuse', status: 409, next: '无须重复授予。' },
  POST_NOT_HELD: { title: '并未任该岗位', class: 'refuse', status: 409, next: '请核对岗位与辖区。' },
  POSTS_INCOMPATIBLE: { title: '岗位不相容', class: 'refuse', status: 422, next: '不相容岗位不得由同一人担任，请另选人员。' },
  SELF_BENEFIT: { title: '不得变更本人的权限', class: 'refuse', status: 403, next: '请由另外的人员提出并审批；关联账号视为同一人。' },
  PEOPLE_CHANGE_INVALID: { title: '人员变更内容不完整或不成立', class: 'refuse', status: 422, next: '请按说明补正。' },
  ACCOUNTS_LINKED: { title: '账号已属同一人', class: 'refuse', status: 409, next: '无须重复关联。' },
  ACCOUNTS_NOT_LINKED: { title: '账号没有可解除的关联', class: 'refuse', status: 409, next: '证件号码相同的账号不能解除关联。' },
  ACTIVATION_NOT_ALLOWED: { title: '没有可发放的激活码', class: 'refuse', status: 409, next: '激活码随开户或重置登录的审批发放一次。' },
  DELEGATION_NOT_FOUND: { title: '找不到该委托', class: 'refuse', status: 404, next: '请核对委托编号。' },
  DELEGATION_TO_SELF: { title: '不能委托给自己', class: 'refuse', status: 422, next: '请选择另外的人员；关联账号视为同一人。' },
  DELEGATION_CYCLE: { title: '委托形成循环', class: 'refuse', status: 422, next: '请核对已有的委托，另选受托人。' },
  DELEGATION_TOO_LONG: { title: '委托层数过多', class: 'refuse', status: 422, next: '转委托至多三层，请直接委托办理人。' },
  DELEGATION_ACROSS_DIVISIONS: { title: '受托人不在本辖区任职', class: 'refuse', status: 422, next: '请委托同一辖区的人员。' },
  DELEGATION_DATES_INVALID: { title: '委托起止时间不成立', class: 'refuse', status: 422, next: '止须晚于起且晚于现在，最长一年。' },
  DECISION_INVALID: { title: '签名决定无效', class: 'refuse', status: 422, next: '请重新打开办件后再办理。' },
  DECISION_EXPIRED: { title: '签名决定已过期', class: 'refuse', status: 422, next: '签名决定一个工作日内有效，请重新办理。' },
  DECISION_USED: { title: '签名决定已使用', class: 'refuse', status: 409, next: '每个签名决定只用一次，请查看办件现状。' },
  UNMASK_NOT_FOUND: { title: '找不到要查看的内容', class: 'refuse', status: 404, next: '请核对对象与字段。' },
} as const satisfies Record<string, Outcome>;

/** Office cases (办件). */
const caseOutcomes = {
  CASE_NOT_FOUND: { title: '找不到该办件', class: 'refuse', status: 404, next: '请核对办件编号。' },
  CASE_ENDED: { title: '该办件已办结', class: 'refuse', status: 409, next: '已办结的办件不能再办理；生效后要撤销的，请另办撤销件。' },
  CASE_ALREADY_DECIDED: { title: '该环节已由他人办理', class: 'refuse', status: 409, next: '请刷新后查看办理人和时间。' },
  CASE_ALREADY_OPEN: { title: '同一业务已有在办件', class: 'refuse', status: 409, next: '请办结或撤回在办的那一件。' },
  CASE_CHANGED: { title: '办件内容或环节已变化', class: 'refuse', status: 409, next: '请刷新，看清现在的内容后再办理。' },
  COPY_NOT_FOUND: { title: '该办件没有抄送本人', class: 'refuse', status: 404, next: '无须标为已阅。' },
  PHRASES_FULL: { title: '常用意见已满', class: 'refuse', status: 409, next: '每人至多 20 条，请先删去不用的。' },
  CASE_BUSY: { title: '办件正在登记或回退', class: 'retry', status: 409, next: '请稍候刷新后再办理。' },
  CASE_STEP_UNKNOWN: { title: '办件没有这个环节或席位', class: 'refuse', status: 422, next: '请核对环节和席位。' },
  ACT_NOT_ALLOWED: { title: '当前不能这样办理', class: 'refuse', status: 409, next: '请刷新后按可办理的动作办理。' },
  ACT_TARGET_INVALID: { title: '转办、加签、抄送或退回的对象不合适', class: 'refuse', status: 422, next: '请另选对象。' },
  OPINION_REQUIRED: { title: '请填写意见', class: 'refuse', status: 400, next: '退回、不同意、异议、转办、加签、挂起、作废须写明理由，意见至多 500 字。' },
  SLOT_ASSIGNED: { title: '该席位已指定他人办理', class: 'refuse', status: 403, next: '请由被指定的人或其受托人办理。' },
  FOUR_EYES: { title: '同一人不得办理两个环节', class: 'refuse', status: 403, next: '请由另一人办理；换账号、换岗位、委托均不改变是同一人。' },
  FORM_INVALID: { title: '办件表单有误', class: 'refuse', status: 400, next: '请按 errors 所列逐项改正。' },
  DEFINITION_UNKNOWN: { title: '没有这种办件', class: 'refuse', status: 404, next: '请从办件目录中选择。' },
  DEFINITION_CHANGED: { title: '办件定义已变化而版本未提高', class: 'refuse', status: 409, next: '请系统管理员把该定义文件的 version 提高 1 并重启服务；在办的办件仍按原定义办理。' },
  CASE_START_REFUSED: { title: '不能在此辖区或以此岗位发起', class: 'refuse', status: 403, next: '请由规定层级和岗位的人发起。' },
  ATTACHMENT_NAME_INVALID: { title: '附件名不合法', class: 'refuse', status: 400, next: '请在请求头 X-File-Name 中给出百分号编码的文件名：1–120 字，含扩展名，不含路径和控制字符。' },
  ATTACHMENT_EMPTY: { title: '附件是空的', class: 'refuse', status: 400, next: '请重新选择文件。' },
  ATTACHMENT_TOO_LARGE: { title: '附件过大', class: 'refuse', status: 413, next: '请压缩或分拆后上传。' },
  ATTACHMENT_TYPE_REFUSED: { title: '不接受这种附件', class: 'refuse', status: 415, next: '请上传 pdf、png、jpg、xlsx、docx、ofd、zip、csv 或 txt，扩展名须与内容相符，不得加密、不得含宏。' },
  ATTACHMENT_NOT_FOUND: { title: '找不到该附件', class: 'refuse', status: 404, next: '请核对附件编号。' },
  ATTACHMENT_NOT_YOURS: { title: '不能撤下该附件', class: 'refuse', status: 403, next: '附件只能由上传人在办结前撤下。' },
  ATTACHMENTS_FULL: { title: '附件已达上限', class: 'refuse', status: 409, next: '每件至多 100 个附件，请合并后上传。' },
  PROCESS_NOT_FOUND: { title: '找不到该流程', class: 'refuse', status: 404, next: '请核对流程编号。' },
  OPERATION_FAILED: { title: '登记未能完成，已回退', class: 'ask', status: 500, next: '请查看办件中的原因，排除后重新办理。' },
} as const satisfies Record<string, Outcome>;

/** Intake of settlements for cross-region clearing: the file as a whole, then one of its lines. */
const xrIntakeOutcomes = {
  XR_FILE_HEADER_INVALID: { title: '文件首行不正确', class: 'refuse', status: 400, next: '首行应为 H,XR-SETTLEMENTS,1,辖区；CSV 第二行为列名。' },
  XR_FILE_TRAILER_MISSING: { title: '文件没有末行合计', class: 'refuse', status: 400, next: '末行应为 T 与合计；文件可能没有传完整，请重新生成。' },
  XR_FILE_TOTALS_DIFFER: { title: '合计与明细不符', class: 'refuse', status: 422, next: '整个文件未入库，请核对后重新生成。' },
  XR_FILE_TOO_LONG: { title: '文件行数过多', class: 'refuse', status: 413, next: '每个文件至多 200,000 行，请分文件提交。' },
  XR_FILE_NOT_FOUND: { title: '没有这个文件', class: 'refuse', status: 404, next: '请核对文件编号。' },
  XR_FIELD_INVALID: { title: '字段不合法', class: 'refuse', status: 400, next: '请改正该字段后另行报送。' },
  XR_SAME_CITY: { title: '参保地与就医地同城，不属异地', class: 'refuse', status: 400, next: '请核对参保地与就医地。' },
  XR_FUND_UNKNOWN: { title: '基金支付类型不认识', class: 'refuse', status: 400, next: '请使用国家代码表中的基金支付类型。' },
  XR_SIGN_WRONG: { title: '金额正负不正确', class: 'refuse', status: 400, next: '结算金额不小于 0，撤销与扣款不大于 0。' },
  XR_AMOUNTS_UNBALANCED: { title: '基金各项与现金之和不等于医疗费总额', class: 'refuse', status: 400, next: '请核对各项金额。' },
  XR_ORIGINAL_MISSING: { title: '撤销或扣款没有原结算号', class: 'refuse', status: 400, next: '请填写 reversal_of。' },
  XR_ORIGINAL_UNKNOWN: { title: '找不到原结算', class: 'refuse', status: 422, next: '请先报送原结算，再报撤销或扣款。' },
  XR_ALREADY_REVERSED: { title: '原结算已撤销', class: 'refuse', status: 409, next: '每笔结算只能撤销一次。' },
  XR_REVERSAL_DIFFERS: { title: '撤销金额与原结算尚存金额不符', class: 'refuse', status: 422, next: '撤销应与原结算（减去已扣款）各项相等、符号相反。' },
  XR_DEDUCTION_EXCEEDS: { title: '扣款超过原结算尚存金额', class: 'refuse', status: 422, next: '每项基金的扣款不得超过其支付额。' },
  XR_DUPLICATE: { title: '该结算号已报送', class: 'refuse', status: 409, next: '已在库中，不必再报；更正请报撤销。' },
  XR_OUT_OF_SCOPE: { title: '不在本辖区', class: 'refuse', status: 403, next: '参保地或就医地须在经办人的辖区内。' },
} as const satisfies Record<string, Outcome>;

/** Monthly clearing between cities. */
const clearingOutcomes = {
  CLEARING_PERIOD_INVALID: { title: '清算月份不正确', class: 'refuse', status: 422, next: '请填写 yyyy-MM。' },
  CLEARING_WINDOW_NOT_OVER: { title: '该月尚未到清算的时候', class: 'refuse', status: 422, next: '请在对账截止日之后生成。' },
  CLEARING_BATCH_EXISTS: { title: '该月已有清算批次', class: 'refuse', status: 409, next: '已审批的须先撤销审批。' },
  CLEARING_BATCH_NOT_FOUND: { title: '找不到该清算批次', class: 'refuse', status: 404, next: '请核对批次号。' },
  CLEARING_UNBALANCED: { title: '应付合计与应收合计不等', class: 'stop', status: 422, next: '不得送出初审，请运维核对批次。' },
  CLEARING_LOCKED: { title: '批次已审批，明细已锁定', class: 'refuse', status: 409, next: '更正在下月清算；付款之前可撤销审批。' },
  CLEARING_PAID: { title: '已开始拨付，不能撤销审批', class: 'refuse', status: 409, next: '请在下月清算中更正。' },
  CLEARING_NOT_APPROVED: { title: '批次不是已审批状态', class: 'refuse', status: 409, next: '请核对批次状态。' },
  CLEARING_ITEM_NOT_IN_BATCH: { title: '该笔结算不在此批次', class: 'refuse', status: 422, next: '请核对结算与批次。' },
  CLEARING_PARTIES_INCOMPLETE: { title: '确认方不完整', class: 'refuse', status: 422, next: '每个市（州）须作为参保地和就医地各确认一次。' },
  CLEARING_OBJECTION_EMPTY: { title: '有市（州）提出异议但未指明结算', class: 'refuse', status: 409, next: '请退回初审，或由该市（州）指明有异议的结算。' },
  CLEARING_PARAMETERS_INVALID: { title: '清算参数不正确', class: 'refuse', status: 422, next: '请按提示修改。' },
  CLEARING_PARAMETERS_TOO_LATE: { title: '该月已清算，参数不能改', class: 'refuse', status: 409, next: '请从尚未清算的月份起生效。' },
  CLEARING_CLAIM_LATE: { title: '该月已清算，不能再申请', class: 'refuse', status: 409, next: '迟报的结算在下月清算补入。' },
} as const satisfies Record<string, Outcome>;

/** Prepayment between agencies, payment orders, payments, bank accounts, agencies and issues. */
const disbursementOutcomes = {
  ORDER_NOTHING_PAYABLE: { title: '没有可拨付的应付款', class: 'refuse', status: 422, next: '请核对清算批次、基金与已有的付款单。' },
  ORDER_AMOUNT_DIFFERS: { title: '金额与清算结果不符', class: 'refuse', status: 422, next: '请按清算应付改正金额后重报。' },
  ORDER_WITHHELD_INVALID: { title: '扣款或预留不成立', class: 'refuse', status: 422, next: '请核对所列应付款及金额。' },
  ORDER_NOT_FOUND: { title: '找不到该付款单', class: 'refuse', status: 404, next: '请核对付款单号。' },
  ORDER_VOID: { title: '付款单已作废', class: 'refuse', status: 409, next: '请按新的付款单办理。' },
  ORDER_STOPPED: { title: '付款单已停付', class: 'ask', status: 409, next: '请先核对收款账户并放行。' },
  ORDER_NOT_STOPPED: { title: '付款单并未停付', class: 'refuse', status: 409, next: '无须放行。' },
  ORDER_PAID: { title: '付款单已有付款，不能作废', class: 'refuse', status: 409, next: '请先撤销付款确认；已收款的在下月更正。' },
  INSTITUTIONS_PAID: { title: '已据此拨付定点机构', class: 'refuse', status: 409, next: '请先作废未付款的机构拨付单；已付出的在下月更正。' },
  ORDER_FORWARDED: { title: '款项已转付就医地', class: 'refuse', status: 409, next: '请先作废转付单；已付出的在下月更正。' },
  ACCOUNT_INVALID: { title: '银行账户信息不合法', class: 'refuse', status: 422, next: '账号为 8–32 位数字，联行号为 12 位数字，户名与开户行不得含控制字符。' },
  ACCOUNT_NOT_REVIEWED: { title: '没有经审核的收款账户', class: 'refuse', status: 422, next: '请先维护并审核银行账户。' },
  ACCOUNT_CHANGED: { title: '收款账户已变更', class: 'refuse', status: 409, next: '请核对新账户后重新申请。' },
  ACCOUNT_UNCHANGED: { title: '账户没有变化', class: 'refuse', status: 409, next: '退票的付款单须先更正账户，或注明原账户无误。' },
  ACCOUNT_NOT_FOUND: { title: '找不到该银行账户', class: 'refuse', status: 404, next: '请核对所属机构与用途。' },
  RECEIPT_NO_INVALID: { title: '银行回单号不合法', class: 'refuse', status: 422, next: '回单号为 4–60 位字母、数字或短横线。' },
  RECEIPT_NO_USED: { title: '银行回单号已使用', class: 'refuse', status: 409, next: '请核对回单；登错付款单的，先撤销付款确认。' },
  MONEY_TRAIL_NOT_FOUND: { title: '查不到这一项', class: 'refuse', status: 404, next: '请核对种类与编号；只能查看本辖区的资金。' },
  PAYMENT_NOT_FOUND: { title: '找不到该笔付款', class: 'refuse', status: 404, next: '请核对付款编号与收付款方。' },
  PAYMENT_SPLIT_INVALID: { title: '付款分摊不成立', class: 'refuse', status: 422, next: '请核对各付款单及金额。' },
  PAYMENT_EXCEEDS: { title: '付款超过应付', class: 'refuse', status: 422, next: '请核对付款单尚应付金额。' },
  PAYMENT_DATE_INVALID: { title: '日期不成立', class: 'refuse', status: 422, next: '付款不早于出单日，收款与退票不早于付款日，均不晚于今天。' },
  PAYMENT_AMOUNT_DIFFERS: { title: '到账金额与付款不符', class: 'ask', status: 422, next: '请勿确认，向付款方追查。' },
  PAYMENT_RECEIVED: { title: '已确认收款', class: 'refuse', status: 409, next: '须先由双方审批撤销收款确认。' },
  PAYMENT_NOT_RECEIVED: { title: '尚未确认收款', class: 'refuse', status: 409, next: '请查询付款状态。' },
  PAYMENT_ENDED: { title: '该笔付款已撤销或退票', class: 'refuse', status: 409, next: '请查询付款状态。' },
  PREPAY_CITY_INVALID: { title: '不是本省的市州', class: 'refuse', status: 422, next: '请核对辖区编码。' },
  PREPAY_QUOTA_INVALID: { title: '预付金额度不成立', class: 'refuse', status: 422, next: '请核对年度、市州、基金有无重复，额度不得为负。' },
  PREPAY_QUOTA_MISSING: { title: '没有预付金额度', class: 'refuse', status: 422, next: '请先核定年度额度。' },
  PREPAY_QUOTA_IN_USE: { title: '额度已有后续办理', class: 'refuse', status: 409, next: '请先作废相应的上缴或退还单，或另行调整额度。' },
  PREPAY_EXCEEDS_QUOTA: { title: '上缴将超过额度', class: 'refuse', status: 422, next: '请按额度与已缴、在途之差填写。' },
  PREPAY_BELOW_QUOTA: { title: '退还后将低于额度', class: 'refuse', status: 422, next: '请先调减额度，按差额退还。' },
  PREPAY_POOL_SHORT: { title: '预付金余额不足', class: 'refuse', status: 409, next: '请核对预付金余额。' },
  PREPAY_NOT_RED: { title: '使用率未到红色预警', class: 'refuse', status: 422, next: '未到红色预警不能申请紧急调增。' },
  AGENCY_INVALID: { title: '经办机构信息不合法', class: 'refuse', status: 422, next: '请核对机构编码与类别。' },
  AGENCY_NOT_FOUND: { title: '找不到该经办机构', class: 'refuse', status: 404, next: '请核对机构编码。' },
  CHANGE_SUPERSEDED: { title: '其后已有新的变更', class: 'refuse', status: 409, next: '请从最近一次变更起撤销。' },
  CHANGE_NOT_FOUND: { title: '找不到要撤销的变更', class: 'refuse', status: 404, next: '请核对原办件编号。' },
  ISSUE_REOPEN_REFUSED: { title: '该问题不能重开', class: 'refuse', status: 409, next: '只有本机构发起、关闭未满期限且未重开过的问题可以重开一次。' },
  ISSUE_RULING_REFUSED: { title: '该问题不能裁定', class: 'refuse', status: 409, next: '须是本省机构发起、尚未关闭且往来轮次已到的问题。' },
  ISSUE_INVALID: { title: '协同问题不成立', class: 'refuse', status: 422, next: '协办方须为另一机构；标题不得含证件号码。' },
} as const satisfies Record<string, Outcome>;

/** Printed documents (单据). */
const documentOutcomes = {
  DOCUMENT_NOT_FOUND: { title: '找不到该单据', class: 'refuse', status: 404, next: '请核对单据编号。' },
  DOCUMENT_VOID: { title: '单据已作废', class: 'refuse', status: 409, next: '作废的单据保留编号，请按代替它的单据办理。' },
  DOCUMENT_STANDS: { title: '同一事项已有有效单据', class: 'refuse', status: 409, next: '请先作废原单据，再重新开具。' },
  DOCUMENT_NOT_READY: { title: '单据尚不能开具', class: 'refuse', status: 409, next: '请先办结相应的办件；审批前只能查看草稿。' },
} as const satisfies Record<string, Outcome>;

/** Batches (批次). */
const batchOutcomes = {
  BATCH_NOT_FOUND: { title: '找不到该批次', class: 'refuse', status: 404, next: '请核对批次编号和辖区。' },
  BATCH_KIND_UNKNOWN: { title: '没有这种批次', class: 'refuse', status: 422, next: '批次种类见 GET /v1/batch-kinds。' },
  BATCH_START_REFUSED: { title: '不能办理该辖区的这种批次', class: 'refuse', status: 403, next: '批次由该辖区相应岗位的人员办理。' },
  BATCH_UNDER_WAY: { title: '另一批次尚未办结', class: 'refuse', status: 409, next: '请等该批次办结，或先取消它。' },
  BATCH_ORDER_UNFIT: { title: '批次当前不能这样办理', class: 'refuse', status: 409, next: '请先查看批次的状态。' },
} as const satisfies Record<string, Outcome>;

/** Reconciliations between sides (对账) and their differences. */
const matchingOutcomes = {
  MATCHING_UNKNOWN: { title: '没有声明这种对账', class: 'refuse', status: 404, next: '请核对对账种类。' },
  MATCHING_INPUT_UNREADABLE: { title: '对账数据不能读取', class: 'refuse', status: 422, next: '请按提示核对该方文件后重新对账；未写入任何差异。' },
  MATCHING_INPUT_CHANGED: { title: '对账文件在读取时被改动', class: 'retry', status: 409, next: '请待文件写完后重新对账。' },
  MATCHING_SIDE_MISSING: { title: '缺少一方的对账数据', class: 'refuse', status: 409, next: '等待对方文件；缺少数据不等于账平。' },
  MATCHING_DIFFERENCE_NOT_FOUND: { title: '找不到该差异', class: 'refuse', status: 404, next: '请核对差异编号。' },
  MATCHING_STATE_UNFIT: { title: '差异当前不能这样办理', class: 'refuse', status: 409, next: '请先查看差异的状态。' },
  MATCHING_ROLE_UNFIT: { title: '岗位无权办理该差异', class: 'refuse', status: 403, next: '请由相应岗位的人员办理。' },
  MATCHING_FOUR_EYES: { title: '核销须由另一人复核', class: 'refuse', status: 403, next: '请由未参与申请的人员复核。' },
  MATCHING_CAUSE_MISSING: { title: '没有写明原因', class: 'refuse', status: 422, next: '请填写原因。' },
} as const satisfies Record<string, Outcome>;

/** Contributions (缴费). */
const contributionOutcomes = {
  CONTRIB_PARAMETERS_INVALID: { title: '核定参数不合法', class: 'refuse', status: 422, next: '请按接口说明修改参数。' },
  CONTRIB_BASE_MISSING: { title: '没有申报缴费基数', class: 'refuse', status: 422, next: '请先申报缴费基数，再为该人员核定。' },
  CONTRIB_RULE_MISSING: { title: '没有适用的费率', class: 'refuse', status: 422, next: '请核对险种与人员身份，或补充费率参数。' },
  CONTRIB_NOT_INSURED: { title: '不在参保期内', class: 'refuse', status: 422, next: '请核对参保起止月份。' },
  CONTRIB_FILE_HEADER: { title: '名册文件首行或列名不正确', class: 'refuse', status: 400, next: '首行应为 H,CONTRIB-REGISTER,1,辖区；CSV 第二行为列名。' },
  CONTRIB_FILE_TRAILER: { title: '名册文件没有末行合计', class: 'refuse', status: 400, next: '末行应为 T 与合计；文件可能没有传完整，请重新生成。' },
  CONTRIB_FILE_TOTALS: { title: '名册文件合计与明细不符', class: 'refuse', status: 422, next: '整个文件未入库，请核对后重新生成。' },
  CONTRIB_FILE_TOO_LONG: { title: '名册文件行数过多', class: 'refuse', status: 413, next: '每个文件至多 1,000,000 行，请分文件提交。' },
  CONTRIB_FILE_DUPLICATES: { title: '名册文件中重复的行过多', class: 'refuse', status: 422, next: '整个文件未入库，请去掉重复的行后重新生成。' },
  CONTRIB_ROW_FIELD: { title: '名册行的字段不合法', class: 'refuse', status: 422, next: '请改正该行后另行报送。' },
  CONTRIB_ROW_ID_NUMBER: { title: '证件号码不合法', class: 'refuse', status: 422, next: '请核对证件号码后另行报送该行。' },
  CONTRIB_ROW_UNIT_UNKNOWN: { title: '单位不在名册中', class: 'refuse', status: 422, next: '请先报送该单位；同一文件中单位须在其人员之前。' },
  CONTRIB_ROW_DUPLICATE: { title: '与文件中前面的行重复', class: 'refuse', status: 422, next: '以前面的行为准；需更改的另行报送。' },
  CONTRIB_ROW_DIVISION: { title: '不属于本辖区', class: 'refuse', status: 422, next: '请由其所属辖区报送，或先办理转移。' },
  CONTRIB_REGISTER_CHANGED: { title: '名册已有变更', class: 'refuse', status: 409, next: '请按变更后的名册重新办理。' },
  CONTRIB_REGISTER_IN_USE: { title: '已按该名册核定应收', class: 'refuse', status: 409, next: '请先撤销有关的核定，再撤销名册批次。' },
  LEVY_OVERLAP: { title: '该月已经核定过', class: 'refuse', status: 409, next: '确需重核的，先撤销原核定。' },
  LEVY_NOT_FOUND: { title: '找不到该应收', class: 'refuse', status: 404, next: '请核对征集流水号。' },
  LEVY_IN_USE: { title: '该应收已在使用', class: 'refuse', status: 409, next: '已报盘的先撤销征集，已缴费的走退费。' },
} as const satisfies Record<string, Outcome>;

export const outcomes = {
  ...requestOutcomes,
  ...serviceOutcomes,
  ...feeOutcomes,
  ...feeRowOutcomes,
  ...admissionOutcomes,
  ...peopleOutcomes,
  ...caseOutcomes,
  ...xrIntakeOutcomes,
  ...clearingOutcomes,
  ...disbursementOutcomes,
  ...documentOutcomes,
  ...fileOutcomes,
  ...taxRowOutcomes,
  ...levyOutcomes,
  ...batchOutcomes,
  ...contributionOutcomes,
  ...matchingOutcomes,
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
