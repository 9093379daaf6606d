/**
 * Takes personal data and secrets out of what is logged. Two nets: values under known keys are replaced, and free text is
 * scrubbed of ID numbers, mobile numbers, codes of e-vouchers, tokens and of the known keys inside embedded JSON.
 */

export const HIDDEN = '[已隐去]';
const MAX_DEPTH = 8;
const MAX_ITEMS = 200;
const MAX_TEXT = 20_000;

/** Keys without case, underscores and hyphens, whose values never reach a log. */
const SENSITIVE_KEYS = new Set(
  [
    // persons
    'name', 'psn_name', 'patient_name', 'coner_name', 'opter_name', 'operator_name', 'agnter_name', 'certno', 'cert_no',
    'psn_cert_no', 'agnter_certno', 'mdtrt_cert_no', 'card_no', 'card_sn', 'id_no', 'id_card', 'tel', 'phone', 'mobile',
    'coner_tel', 'agnter_tel', 'addr', 'brdy', 'bankacct', 'bank_account', 'acct_no',
    // what they present and how we sign
    'credential', 'token', 'ec_token', 'ecToken', 'qr_code', 'ec_qr_code', 'sign_no', 'authorization', 'cookie', 'set_cookie', 'password', 'passwd',
    'secret', 'private_key', 'x_tif_signature', 'x_ca_signature', 'apikey', 'api_key', 'cainfo', 'access_token', 'jwt',
    'old_password', 'new_password', 'password_hash', 'totp_secret', 'totp_pending', 'challenge', 'csrf', 'id_token', 'code_verifier', 'decision',
    // diagnoses
    'diag_name', 'dise_name', 'main_cond_dscr', 'dscg_maindiag_name',
  ].map(normaliseKey),
);

const SCRUBS: readonly (readonly [RegExp, string])[] = [
  // Resident ID number: address, birth date, order, check character; not inside a longer run of digits such as a msgid.
  [/(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g, HIDDEN],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, HIDDEN],
  // What a scanner reads from an e-voucher; message ids have 29 digits in a row.
  [/(?<!\d)\d{28}(?!\d)/g, HIDDEN],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  // A session of a person.
  [/\bas_[\w-]{43}(?![\w-])/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  // user:password@ in an address
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s@/]+@/gi, `$1${HIDDEN}@`],
];

/**
 * `"psn_name": "…"` inside text, also where the JSON is itself escaped within a JSON string. Only sensitive keys match, so
 * that a member whose value holds further JSON is looked into.
 */
const EMBEDDED = new RegExp(
  String.raw`(\\*")(${[...SENSITIVE_KEYS].map((key) => [...key].join('[_-]?')).join('|')})\1(\s*:\s*)(\\*")(?:(?!\4).)*\4`,
  'gis',
);

/** Scrubs free text: messages, stacks, bodies. Never throws. */
export function scrubText(text: string): string {
  let clean = clip(text).replace(EMBEDDED, `$1$2$1$3$4${HIDDEN}$4`);
  for (const [shape, replacement] of SCRUBS) clean = clean.replace(shape, replacement);
  return clean;
}

/** A copy of `value` fit for logging: no personal data, no cycles, JSON types only. Never throws. */
export function redact(value: unknown): unknown {
  return walk(value, 0, new Set());
}

/** True when values under this key are never logged. */
export function isSensitiveKey(key: string): boolean {
  return SENSITIVE_KEYS.has(normaliseKey(key));
}

function walk(value: unknown, depth: number, above: Set<object>): unknown {
  switch (typeof value) {
    case 'string':
      return scrubText(value);
    case 'bigint':
      return scrubText(value.toString());
    case 'number':
      return scrubText(String(value)) === String(value) ? value : HIDDEN;
    case 'object':
      return value === null ? null : walkObject(value, depth, above);
    case 'function':
    case 'symbol':
      return `[${typeof value}]`;
    default:
      return value;
  }
}

function walkObject(value: object, depth: number, above: Set<object>): unknown {
  if (above.has(value)) return '[循环引用]';
  if (depth >= MAX_DEPTH) return '[过深]';
  above.add(value);
  try {
    if (value instanceof Error) return walkError(value, depth, above);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} 字节]`;
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1, above));
    if (value instanceof Map) return walkEntries([...value].map(([k, v]) => [String(k), v]), depth, above);
    if (value instanceof Set) return walk([...value], depth, above);
    return walkEntries(Object.entries(value), depth, above);
  } catch (error) {
    // A getter or proxy may throw; the log line matters more than this member.
    return `[不可记录: ${error instanceof Error ? error.constructor.name : typeof error}]`;
  } finally {
    above.delete(value);
  }
}

function walkEntries(entries: readonly (readonly [string, unknown])[], depth: number, above: Set<object>): unknown {
  const copy: Record<string, unknown> = {};
  for (const [key, item] of entries.slice(0, MAX_ITEMS)) {
    // Keys may carry data as well (a map by ID number).
    copy[scrubText(key)] = isSensitiveKey(key) && item !== null && item !== undefined ? HIDDEN : walk(item, depth + 1, above);
  }
  return copy;
}

function walkError(error: Error, depth: number, above: Set<object>): unknown {
  const own = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause'].includes(key));
  const members = walkEntries(own, depth, above) as Record<string, unknown>;
  return {
    type: error.name || error.constructor.name,
    message: scrubText(String(error.message)),
    stack: scrubText(String(error.stack ?? '')),
    ...members,
    ...(error.cause === undefined ? {} : { cause: walk(error.cause, depth + 1, above) }),
  };
}

/** Bounds the work of scrubbing; the last run of characters goes too, as the cut may have halved a number. */
function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).replace(/[\dA-Za-z]+$/, '')}…` : text;
}

function normaliseKey(key: string): string {
  return key.toLowerCase().replace(/[_-]/g, '');
}
