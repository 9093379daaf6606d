import { classify, observe, type CallClass } from '../../domain/national/classify';
import { readReversalRefusal, says } from '../../domain/national/platform-text';
import type { Infno } from '../../schemas/national/generated';
import { riverside, standard } from './support';

const refusal = (infcode: string, text: string, reference: string | null = null, extra = ''): string =>
  JSON.stringify({ infcode: Number(infcode), inf_refmsgid: reference, err_msg: text }).replace('{', `{${extra}`);
const JSON_TYPE = 'application/json';
const R = '990100202611221030000000000001';

test.each<[Infno, number, string, CallClass]>([
  // number, HTTP status, body, class
  ['2402', 200, '{"infcode":0,"inf_refmsgid":"R","output":null}', 'settled'],
  ['2402', 500, '{"infcode":0,"inf_refmsgid":"R","output":null}', 'unknown'],
  ['2304', 200, '{"infcode":0,"inf_refmsgid":"R","output":null}', 'unknown'],
  ['2304', 200, refusal('-1', '该人员本次住院已结算', R), 'refused'],
  ['2304', 200, refusal('-1', '该人员本次住院已结算'), 'refused'],
  ['2304', 200, refusal('-2', '费用总额与明细合计不符'), 'refused'],
  ['2304', 200, refusal('-1', ''), 'unknown'],
  ['2304', 200, refusal('-1', '失败'), 'unknown'],
  ['2304', 200, refusal('-1', '调用接口失败'), 'unknown'],
  ['2304', 200, refusal('-1', 'Read timed out'), 'unknown'],
  ['2304', 200, refusal('-1', 'java.net.SocketTimeoutException: Read timed out'), 'unknown'],
  ['2304', 200, refusal('-1', '调用中心超时，请稍后再试', R), 'unknown'],
  ['2304', 200, refusal('-1', '系统繁忙', R), 'unknown'],
  ['2304', 200, refusal('-1', '网络异常'), 'unknown'],
  ['2304', 200, refusal('-1', '数据库连接失败', R), 'unknown'],
  ['2304', 200, refusal('-1', 'ORA-00060: deadlock detected', R), 'unknown'],
  ['2304', 200, refusal('-1', 'HTTP 504'), 'unknown'],
  ['2304', 200, refusal('-1', '凭证校验服务调用超时', R), 'unknown'],
  ['2304', 200, refusal('-1', 'sign_no 校验接口超时', R), 'unknown'],
  ['2301', 200, refusal('-1', '目录编码在对照数据库中没有记录', R), 'refused'],
  ['2304', 200, refusal('-1', 'invalid signature'), 'refused'],
  ['2304', 200, refusal('999', '参数转换出错了'), 'unknown'],
  ['2304', 200, refusal('-1', '电子凭证令牌已过期，请重新扫码', R), 'refused'],
  ['2304', 200, refusal('-1', '二维码已超时'), 'refused'],
  ['1162', 200, refusal('-1', '二维码已被使用，请稍后重试'), 'refused'],
  ['1162', 200, refusal('-1', '二维码解码服务繁忙，请稍后重试'), 'unknown'],
  ['2304', 200, refusal('-1', '签到已失效，请重新签到'), 'refused'],
  ['2304', 200, refusal('-1', '未知的交易编号', null, '"type":"error",'), 'refused'],
  ['2304', 200, refusal('-1', '签名验证失败', null, '"type":"error",'), 'refused'],
  ['2304', 200, refusal('-1', '服务转发出现问题', null, '"type":"error",'), 'unknown'],
  ['2304', 200, '', 'unknown'],
  ['2304', 200, '<html>ok</html>', 'unknown'],
  ['2304', 200, '{"infcode":0,"output":{"setlinfo":{"medfee_su', 'unknown'],
  ['2304', 200, '{"code":500,"message":"fail"}', 'unknown'],
  ['2304', 502, '<html>Bad Gateway</html>', 'unknown'],
  ['2304', 404, 'not found', 'unknown'],
  ['2304', 429, '', 'notSent'],
  ['2301', 200, refusal('-1', '费用发生时间超出住院期间', R), 'refused'],
  ['2401', 200, refusal('-1', '该患者已在院'), 'refused'],
  ['2601', 200, refusal('-1', '退费标志不为未退费', R), 'refused'],
  ['2601', 200, refusal('-1', ''), 'unknown'],
  ['5203', 200, refusal('-1', '查询超时'), 'unknown'],
  ['2001', 200, refusal('-1', '参保人待遇冻结，不享受住院待遇', R), 'refused'],
  ['3505', 200, '{"infcode":0,"output":{"result":[{"retRslt":"0","msgRslt":"追溯码重复"}]}}', 'refused'],
  ['3505', 200, '{"infcode":0,"output":{"result":{"retRslt":1}}}', 'settled'],
])('%s, HTTP %i, %s → %s', (infno, status, body, expected) => {
  expect(classify(standard, observe(standard, infno, status, body, JSON_TYPE))).toBe(expected);
});

test('what was seen without an answer', () => {
  expect(classify(standard, { kind: 'notSent', infno: '2304', reason: 'ECONNREFUSED' })).toBe('notSent');
  expect(classify(standard, { kind: 'noAnswer', infno: '2304', reason: 'timeout' })).toBe('unknown');
});

test('a province adds its own wordings', () => {
  const body = refusal('-1', '前置机没有回应本次交易请求', R);
  const own = { ...standard, texts: { ...standard.texts, technical: ['没有回应'] } };
  expect(classify(standard, observe(standard, '2304', 200, body, JSON_TYPE))).toBe('refused');
  expect(classify(own, observe(own, '2304', 200, body, JSON_TYPE))).toBe('unknown');
});

test.each([
  ['退费标志不为未退费，不能冲正', 'alreadyReversed'],
  ['该笔交易已冲正', 'alreadyReversed'],
  ['原交易不存在', 'originalNotFound'],
  ['未找到原报文对应的结算信息', 'originalNotFound'],
  ['该月已申报，不允许冲正', 'other'],
  [null, 'other'],
] as const)('2601 refused with %s: %s', (text, expected) => {
  expect(readReversalRefusal(standard, text)).toBe(expected);
});

test('wordings of a kind', () => {
  expect(readReversalRefusal(riverside, '该笔业务已退')).toBe('alreadyReversed');
  expect(says(standard, 'signInExpired', '签到流水号不存在')).toBe(true);
  expect(says(standard, 'alreadyInHospital', '该人员正在示例二院住院')).toBe(true);
  expect(says(standard, 'alreadyInHospital', '该人员未办理住院登记')).toBe(false);
  expect(says(standard, 'duplicateLine', '费用流水号重复：L1')).toBe(true);
  expect(says(standard, 'technical', '超时限上传费用')).toBe(false);
});
