import catalogue from './bad-input-catalogue.json';

/** A case of bad-input-catalogue.json as `group: case`. */
export type CaseId = string;

export const CATALOGUE: readonly CaseId[] = Object.entries(catalogue).flatMap(([group, cases]) => cases.map((name) => `${group}: ${name}`));

/** Cases that another test proves: its file, and words that stand in it. */
export const ELSEWHERE: Readonly<Record<CaseId, readonly [file: string, words: string]>> = {
  // The real process waits ten seconds and two minutes; the same server with shorter limits is asked there.
  'HTTP: slowloris headers': ['tests/api/http.test.ts', 'BROKEN_REQUESTS'],
  'HTTP: chunked never ending': ['tests/api/http.test.ts', 'BROKEN_REQUESTS'],
  'HTTP: Host spoof': ['tests/api/http.test.ts', 'a forged Host or X-Forwarded-For changes nothing'],
  'HTTP: X-Forwarded-For spoof': ['tests/api/http.test.ts', 'a forged Host or X-Forwarded-For changes nothing'],
  // Office cases have people, not institutions, as their callers.
  'approvals inbox: approve already decided': ['tests/office-api/bad-inputs.test.ts', "'approve already decided'"],
  'approvals inbox: approve after recall': ['tests/office-api/bad-inputs.test.ts', "'approve after recall'"],
  'approvals inbox: delegate to self': ['tests/office-api/bad-inputs.test.ts', "'delegate to self'"],
  'approvals inbox: delegation cycle A→B→A': ['tests/people/people-api.test.ts', 'DELEGATION_CYCLE'],
  'approvals inbox: delegate across bureau': ['tests/people/people-api.test.ts', 'DELEGATION_ACROSS_DIVISIONS'],
  'approvals inbox: bulk with one forbidden': ['tests/office-api/inbox.test.ts', 'one forbidden'],
  'approvals inbox: attachment 0 bytes': ['tests/office-api/attachments.test.ts', "'0 bytes'"],
  'approvals inbox: attachment zip-slip name': ['tests/office-api/attachments.test.ts', "'zip slip in the name'"],
  'approvals inbox: comment on closed case': ['tests/office-api/bad-inputs.test.ts', "'comment on closed case'"],
  'approvals inbox: concurrent claim': ['tests/office-api/story.test.ts', 'two approvers at once'],
  // Amounts of a settlement come from the platform.
  'money: pool amount with 3 decimals': ['tests/national-schema/bad-inputs.unit.test.ts', "['21187.4300', 'MESSAGE_TOO_MANY_DECIMALS']"],
  // The number of a transaction is ours; a caller names none.
  'codes and clinical: unknown infno': ['tests/national-schema/bad-inputs.unit.test.ts', 'an unknown number, and a form that the province does not offer'],
  // Statements of the centre reach the reconciliation by 3202, not by a caller.
  'reconciliation statements: ours only (长款/短款)': ['tests/reconcile/judge.unit.test.ts', "'onlyOurs'"],
  'reconciliation statements: theirs only': ['tests/reconcile/judge.unit.test.ts', "'onlyTheirs'"],
  'reconciliation statements: status differs': ['tests/reconcile/differences.test.ts', 'refunded at the centre behind our back'],
  'reconciliation statements: date differs by a day': ['tests/reconcile/adopt.test.ts', 'a settlement of a quarter to midnight is proven only by both days'],
  'reconciliation statements: statement twice with other content': ['tests/reconcile/differences.test.ts', 'a garbled result file is asked for anew'],
  // The envelope stands between us and the platform.
  'crypto envelope: signature missing': ['tests/national-schema/signature.unit.test.ts', 'a gateway tells valid, missing, wrong and expired'],
  'crypto envelope: timestamp -6 min': ['tests/sandbox-national/gateway.test.ts', 'wrong secret and old time are refused at the gateway'],
  'crypto envelope: nonce replay': ['tests/sandbox-national/gateway.test.ts', 'a nonce is used once'],
  'crypto envelope: appSecret rotated': ['tests/sandbox-national/gateway.test.ts', 'wrong secret and old time are refused at the gateway'],
};

/** Cases that are no input of this API today, with the reason. */
const REASONS: readonly (readonly [group: string, reason: string, cases: readonly string[]])[] = [
  ['dates and times', 'a caller gives no time of settlement: it is the centre’s', ['settlement before admission']],
  ['dates and times', 'no operation takes a clearing month', ['clearing month 202613', 'clearing month 2026-11']],
  ['codes and clinical', 'the platform judges what a diagnosis means for a person; its refusal reaches the caller as PLATFORM_REFUSED', ['sex-incompatible diagnosis']],
  ['codes and clinical', '2301 carries no trace code (追溯码); 2207 and 3501 do, and neither is served', ['trace code wrong length']],
  ['codes and clinical', 'a caller names no region of insurance: it comes from 1101', ['region of insured missing']],
  ['codes and clinical', 'there is no cross-region process: the region is the platform’s to judge', ['region not opened for cross-region']],
  [
    'serial device frames', 'no device speaks to the API: a scanner’s text comes in as a field',
    ['no STX', 'bad LRC', 'length field too large', 'frame split in 1-byte reads', '0xFF flood', 'baud mismatch noise', 'device NAK loop', 'wrong device answers'],
  ],
  [
    'tax file structure (报盘/回盘)', 'there is no tax collection',
    [
      'header only', 'no trailer', 'two trailers', 'count in trailer +1', 'count -1', 'sum in trailer +0.01', 'line too long', 'LF instead of CRLF',
      'mixed line ends', 'no final line end', 'trailing spaces cut', 'tab instead of fixed width', 'field shifted by one', 'missing column',
      'quoted delimiter', 'header of another month', 'sequence gap', 'zip with two files', 'zip password', 'DBF wrong field length', 'xlsx merged header',
      'xls old binary', 'csv with ; separator',
    ],
  ],
  [
    'tax file encoding', 'there is no tax collection; encodings of fee files: tests/api/fees.test.ts',
    ['UTF-8 with BOM', 'UTF-16LE', 'GB18030 4-byte char', 'half a GBK char at field edge', 'fixed width counted in chars not bytes', 'invalid byte 0x80', 'NUL padding'],
  ],
  [
    'tax file meaning', 'there is no tax collection',
    [
      'success line with fail code', 'fail line with amount', 'partial collection', 'person twice in 回盘', 'collected date before 报盘',
      'collected date in closed month', 'unknown fail code', 'sign flipped', 'amount 0 success', 'employer merged', 'person changed region',
      'penalty line without principal', 'refund line',
    ],
  ],
  [
    'reconciliation statements', 'both sides name a settlement by its setl_id, which is one settlement',
    ['same key many-to-one', 'one-to-many split', 'duplicate in theirs'],
  ],
  [
    'crypto envelope', 'no profile signs by SM2 or encrypts by SM4',
    [
      'r or s = 0', 'user id default vs empty', 'SM4 wrong key', 'SM4 truncated block', 'SM4 bad padding', 'ECB vs CBC mix', 'nested object unsorted',
      'trailing & in sign string', 'certificate expired',
    ],
  ],
  ['search, paging, export', 'there is no export', ['export without reason']],
];

export const NOT_HERE: Readonly<Record<CaseId, string>> = Object.fromEntries(
  REASONS.flatMap(([group, reason, cases]) => cases.map((name) => [`${group}: ${name}`, reason])),
);
