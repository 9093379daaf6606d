/** Checks policy data before anything is computed with it. Errors name the place in the file. */
import { dateProblem } from '../calendar';
import { compareDecimals, parseDecimal } from '../money';
import { IDENTITIES, LEVELS, type Policy } from './policy';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, path: string) => void;

const fail = (path: string, expected: string): never => {
  throw new TypeError(`policy ${path}: ${expected}`);
};

const text: Check = (value, path) => {
  if (typeof value !== 'string' || value.trim() === '') fail(path, 'text is missing');
};
const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') fail(path, 'must be true or false');
};
const date: Check = (value, path) => {
  if (dateProblem(value)) fail(path, 'must be a date yyyy-MM-dd');
};
const amount: Check = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) fail(path, 'must be whole fen, 0 or more');
};
const ordinal: Check = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 2) fail(path, 'must be an admission number from 2');
};
const ratio: Check = (value, path) => {
  if (typeof value !== 'string' || !/^(0|1)(\.\d{1,4})?$/.test(value) || compareDecimals(parseDecimal(value), parseDecimal('1')) > 0) {
    fail(path, 'must be a ratio from "0" to "1" as text with at most four decimals');
  }
};
const fundCode: Check = (value, path) => {
  if (typeof value !== 'string' || !/^\d{6}$/.test(value)) fail(path, 'must be a fund_pay_type of six digits');
};
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, path) => {
    if (typeof value !== 'string' || !allowed.includes(value)) fail(path, `must be one of ${allowed.join(', ')}`);
  };
const orNull =
  (check: Check): Check =>
  (value, path) => {
    if (value !== null) check(value, path);
  };
const listOf =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length === 0) return fail(path, 'must be a list with at least one entry');
    value.forEach((entry: unknown, index) => check(entry, `${path}[${index}]`));
  };
const mapOf =
  (key: RegExp, check: Check): Check =>
  (value, path) => {
    for (const [name, entry] of Object.entries(fieldsOf(value, path))) {
      if (!key.test(name)) fail(path, `unknown key "${name}"`);
      check(entry, `${path}.${name}`);
    }
  };

/** Every named field must be there and pass; a name ending in `?` may be absent; other names are refused. */
function shape(checks: Readonly<Record<string, Check>>): Check {
  const byName = new Map(Object.entries(checks).map(([name, check]) => [name.replace('?', ''), { check, optional: name.endsWith('?') }]));
  return (value, path) => {
    const fields = fieldsOf(value, path);
    for (const name of Object.keys(fields)) if (!byName.has(name)) fail(path, `unknown field "${name}"`);
    for (const [name, { check, optional }] of byName) {
      if (fields[name] === undefined && optional) continue;
      check(fields[name], `${path}.${name}`);
    }
  };
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(path, 'must be an object');
  return value as Fields;
}

/** Ends rise, and only the last one is null. */
const rising: Check = (value, path) => {
  let previous = 0;
  (value as readonly { toFen: number | null }[]).forEach(({ toFen }, index, tiers) => {
    if (index === tiers.length - 1) {
      if (toFen !== null) fail(`${path}[${index}].toFen`, 'the last end must be null');
    } else if (toFen === null || toFen <= previous) fail(`${path}[${index}].toFen`, 'ends must rise');
    else previous = toFen;
  });
};
const tiersOf =
  (check: Check): Check =>
  (value, path) => {
    listOf(check)(value, path);
    rising(value, path);
  };

const byLevel = (check: Check): Check => shape(Object.fromEntries(LEVELS.map((level) => [level, check])));
const fund = { fundPayType: fundCode, name: text };
const identity = oneOf(...IDENTITIES);
const base = oneOf('inScope', 'inScopeAndPreselfpay');

const later: Check = (value, path) => {
  const kind = fieldsOf(value, path)['kind'];
  oneOf('ratio', 'fall')(kind, `${path}.kind`);
  (kind === 'ratio' ? shape({ kind: text, ratio }) : shape({ kind: text, byFen: amount, floorFen: amount }))(value, path);
};

const seriousIllness = shape({
  ...fund,
  base,
  normal: shape({ deductibleFen: amount, annualCapFen: orNull(amount) }),
  tiers: tiersOf(shape({ toFen: orNull(amount), ratio })),
  favoured: shape({ who: listOf(identity), deductibleFen: amount, ratioPlus: ratio, annualCapFen: orNull(amount) }),
  legalSource: text,
});

/** The highest tier plus the favour must stay within the whole amount. */
const favourWithinWhole: Check = (value, path) => {
  if (value === null) return;
  const rules = value as { tiers: readonly { ratio: string }[]; favoured: { ratioPlus: string } };
  for (const tier of rules.tiers) {
    const plus = parseDecimal(rules.favoured.ratioPlus);
    const room = compareDecimals(parseDecimal(tier.ratio), { units: 10n ** BigInt(plus.scale) - plus.units, scale: plus.scale });
    if (room > 0) fail(`${path}.favoured.ratioPlus`, 'raises a tier above the whole amount');
  }
};

const insurance = shape({
  pool: shape(fund),
  deductible: shape({ fen: byLevel(amount), later, freeFromAdmission: orNull(ordinal), legalSource: text }),
  segments: shape({
    measuredOn: oneOf('deductibleIncluded', 'deductibleExcluded', 'yearAccumulated'),
    tiers: tiersOf(shape({ toFen: orNull(amount), inService: byLevel(ratio), 'retired?': byLevel(ratio) })),
    legalSource: text,
  }),
  poolCap: shape({ annualFen: amount, measuredOn: oneOf('fundMoney', 'inScope'), legalSource: text }),
  largeAmount: orNull(shape({ ...fund, ratio, annualCapFen: amount, legalSource: text })),
  seriousIllness: (value, path) => {
    orNull(seriousIllness)(value, path);
    favourWithinWhole(value, path);
  },
  account: orNull(shape({ paysOutOfScope: flag, legalSource: text })),
});

const policy = shape({
  policyVersion: text,
  title: text,
  illustrative: flag,
  effectiveFrom: date,
  effectiveTo: date,
  versionChosenBy: shape({ fund: oneOf('dischargeDate', 'admissionDate'), legalSource: text }),
  line: shape({
    rounding: oneOf('halfUp', 'truncate'),
    order: oneOf('capThenSelfpay', 'selfpayThenCap'),
    selfpayProp: shape({ drug: ratio, service: ratio, consumable: ratio }),
    legalSource: text,
  }),
  fundRounding: shape({ mode: oneOf('halfUp', 'truncate'), legalSource: text }),
  insurances: mapOf(/^\d{3}$/, insurance),
  aid: shape({
    ...fund,
    base,
    annualCapFen: amount,
    identities: mapOf(new RegExp(`^(${IDENTITIES.join('|')})$`), shape({ deductibleFen: amount, ratio })),
    identityCodes: mapOf(/^\w{1,3}$/, identity),
    legalSource: text,
  }),
  undo: shape({ earlierSettlement: oneOf('refuse', 'recalculate'), legalSource: text }),
});

/** Returns the data as a policy. Throws TypeError naming the first place that is wrong. */
export function validatePolicy(data: unknown): Policy {
  policy(data, '');
  const checked = data as Policy;
  if (checked.effectiveTo < checked.effectiveFrom) fail('.effectiveTo', 'is before effectiveFrom');
  return checked;
}

/** Checks several versions together: sorted by date, none overlapping. Throws TypeError otherwise. */
export function validatePolicies(data: readonly unknown[]): readonly Policy[] {
  const policies = data.map(validatePolicy).sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  policies.forEach((later, index) => {
    const earlier = policies[index - 1];
    if (earlier && earlier.effectiveTo >= later.effectiveFrom) {
      fail('.effectiveFrom', `${later.policyVersion} overlaps ${earlier.policyVersion}`);
    }
  });
  return policies;
}
