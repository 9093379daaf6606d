/** Shared by the tests of national messages: both shipped profiles, a header, and random values made from descriptors. */
import * as fc from 'fast-check';
import type { RequestHeader } from '../../domain/national/codec';
import { isKnownCode } from '../../domain/national/names';
import { codeTables } from '../../schemas/national/code-tables';
import { findProfile, loadProfiles } from '../../schemas/national/load-profiles';
import type { Profile } from '../../schemas/national/profile';
import { BINARY_NODE, isFlatNode, LIST_NODE, type Field, type Node } from '../../schemas/national/types';

const profiles = loadProfiles();
export const standard = findProfile(profiles, 'default');
export const riverside = findProfile(profiles, 'riverside');
export const shipped: readonly Profile[] = [standard, riverside];

export const header: RequestHeader = {
  msgid: 'H99000000001202611221030000007',
  mdtrtarea_admvs: '990100',
  insuplc_admdvs: '990100',
  opter_type: '1',
  opter: 'clerk01',
  opter_name: '示例收费员',
  inf_time: '2026-11-22 10:30:00',
  fixmedins_code: 'H99000000001',
  fixmedins_name: '示例一院',
  sign_no: 'SN2026112200001',
};

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const date = fc.tuple(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}-${pad(m)}-${pad(d)}`);
const time = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map(([h, m, s]) => `${pad(h)}:${pad(m)}:${pad(s)}`);

function decimalText(field: Field): fc.Arbitrary<string> {
  const { precision = 16, scale = 2 } = field;
  const whole = fc.integer({ min: 0, max: 10 ** Math.min(precision - scale, 9) - 1 });
  return fc.tuple(fc.boolean(), whole, fc.nat(10 ** scale - 1), fc.nat(scale)).map(([negative, units, fraction, places]) => {
    const text = places === 0 ? String(units) : `${units}.${pad(fraction, scale).slice(0, places)}`;
    return negative && /[1-9]/.test(text) ? `-${text}` : text;
  });
}

function plainText(field: Field): fc.Arbitrary<string> {
  const letters = fc.constantFrom(...'住院费用𠮷ABCxyz019 -_"\\/\n=,');
  return fc.array(letters, { minLength: 1, maxLength: Math.min(field.maxLength ?? 20, 20) }).map((characters) => characters.join(''));
}

function codes(profile: Profile, field: Field): string[] {
  const table = field.codeTable ? codeTables[field.codeTable] : undefined;
  const values = Object.keys({ ...table?.values, ...profile.localCodes[field.codeTable ?? ''] });
  return values.filter((value) => value.length <= (field.maxLength ?? 99) && isKnownCode(profile, field.codeTable ?? '', value));
}

function scalar(profile: Profile, field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'string':
      return codes(profile, field).length > 0 ? fc.constantFrom(...codes(profile, field)) : plainText(field);
    case 'decimal':
      return field.money ? fc.maxSafeInteger().map((value) => value || 0) : decimalText(field);
    case 'integer':
      return fc.integer({ min: 0, max: 10 ** Math.min(field.precision ?? 4, 9) - 1 });
    case 'date':
      return date;
    case 'datetime':
      return fc.tuple(date, time).map((parts) => parts.join(' '));
    case 'boolean':
      return fc.boolean();
    case 'bytes':
      return fc.uint8Array({ minLength: 1, maxLength: 40 });
    case 'list':
      return field.fields ? fc.array(row(profile, field.fields), { maxLength: 3 }) : fc.array(plainText(field), { maxLength: 3 });
    case 'object':
      return fc.dictionary(fc.constantFrom('a', 'b', 'memo'), plainText(field));
  }
}

function row(profile: Profile, fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  // Every second optional member is left out; conditions and overrides are met by giving all members half of the time.
  const all = fc.record(Object.fromEntries(fields.map((field) => [field.name, scalar(profile, field)])));
  const optional = fields.filter((field) => !field.required && !field.condition && !isOverridden(profile, field.name)).map(({ name }) => name);
  return fc.tuple(all, fc.subarray(optional)).map(([values, dropped]) => Object.fromEntries(Object.entries(values).filter(([name]) => !dropped.includes(name))));
}

function isOverridden(profile: Profile, field: string): boolean {
  return Object.values(profile.required).some((flags) => Object.keys(flags).some((name) => name.split('.').pop() === field));
}

/** Random values of a whole input or output, valid by its descriptor. Lists have at least one row. */
export function anyValues(profile: Profile, nodes: Readonly<Record<string, Node>>): fc.Arbitrary<Record<string, unknown>> {
  const parts = Object.entries(nodes).map(([name, node]): fc.Arbitrary<Record<string, unknown>> => {
    const one = row(profile, node.fields);
    if (isFlatNode(name) || name === BINARY_NODE) return one;
    const member = name === LIST_NODE ? 'list' : name;
    return (node.cardinality.endsWith('n') ? fc.array(one, { minLength: 1, maxLength: 3 }) : one).map((value) => ({ [member]: value }));
  });
  return fc.tuple(...parts).map((values) => Object.assign({}, ...values) as Record<string, unknown>);
}

const seed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
let announced = false;

/** Options of a property. The seed is printed once a run; FAST_CHECK_SEED repeats it. */
export function seeded(runs: number): fc.Parameters<unknown> {
  if (!announced) process.stdout.write(`national-schema: FAST_CHECK_SEED=${seed}\n`);
  announced = true;
  return { seed, numRuns: runs };
}
