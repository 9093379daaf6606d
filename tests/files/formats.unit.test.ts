import { FormatError, loadFormats, shippedFormat } from '../../schemas/files/load-formats';
import type { FileFormat } from '../../schemas/files/format';
import { RECORD_FIELDS, RECORD_KINDS } from '../../schemas/tax/fields';

const fixed = shippedFormat('gbk-fixed-1');

function codeOf(own: object): string {
  try {
    loadFormats([{ id: 'site', extends: 'gbk-fixed-1', ...own }]);
    return 'loaded';
  } catch (error) {
    return error instanceof FormatError ? `${error.code} ${error.field}` : String(error);
  }
}
/** The format with one field of the levy record changed. */
function levyWith(name: string, change: object): object {
  return { records: { levy: fixed.records.levy.map((field) => (field.name === name ? { ...field, ...change } : field)) } };
}

test('every record of the shipped layout covers 600 bytes without gap or overlap, and has exactly the fields of the rows', () => {
  for (const kind of RECORD_KINDS) {
    const bytes = new Uint8Array(600);
    for (const { from, bytes: length } of fixed.records[kind]) for (let at = 0; at < length; at += 1) bytes[from - 1 + at]! += 1;
    expect([kind, bytes.every((count) => count === 1)]).toEqual([kind, true]);
    expect(fixed.records[kind].map(({ name }) => name).filter((name) => name !== 'filler')).toEqual(Object.keys(RECORD_FIELDS[kind]));
  }
});

describe('a format that cannot be right is refused when it is loaded', () => {
  test.each<[string, object, string]>([
    ['nothing changed',             {},                                                     'loaded'],
    ['overlap',                     levyWith('op', { from: 11 }),                           'FORMAT_OVERLAP records.levy.op'],
    ['gap',                         levyWith('op', { from: 13 }),                           'FORMAT_GAP records.levy.op'],
    ['a field too long',            levyWith('op', { bytes: 2 }),                           'FORMAT_OVERLAP records.levy.levy_no'],
    ['record too short',            levyWith('filler', { bytes: 93 }),                      'FORMAT_LENGTH records.levy'],
    ['a date of 9 digits',          levyWith('due_date', { bytes: 9 }),                     'FORMAT_LENGTH records.levy.due_date'],
    ['an amount as text',           levyWith('amt', { type: 'X' }),                         'FORMAT_TYPE_DIFFERS records.levy.amt'],
    ['a field that is none of ours', levyWith('op', { name: 'opp' }),                       'FORMAT_FIELD_UNKNOWN records.levy.opp'],
    ['the same field twice',        levyWith('emp_no', { name: 'levy_no' }),                'FORMAT_FIELD_REPEATED records.levy.levy_no'],
    ['an unknown setting',          { colour: 'red' },                                      'FORMAT_SHAPE '],
    ['an unknown base',             { extends: 'nothing' },                                 'FORMAT_BASE_UNKNOWN extends'],
    ['itself as base',              { extends: 'site' },                                    'FORMAT_BASE_UNKNOWN extends'],
    ['order of a fixed format',     { order: { levy: ['rec'] } },                           'FORMAT_ORDER_INVALID order.levy'],
    ['order without a needed field', { form: 'delimited', order: { receipt: ['rec', 'row_no'] } }, 'FORMAT_FIELD_MISSING order.receipt.result'],
    ['order of an unknown field',   { form: 'delimited', order: { receipt: ['rec', 'row_no', 'result', 'x'] } }, 'FORMAT_FIELD_UNKNOWN order.receipt.x'],
    ['two columns of one name',     { form: 'delimited', rename: { code: 'text' } },        'FORMAT_FIELD_REPEATED rename.text'],
    ['values of an unknown field',  { values: { nothing: { a: 'b' } } },                    'FORMAT_FIELD_UNKNOWN values.nothing'],
    ['two codes as one',            { values: { payer_kind: { '1': 'A', '2': 'A' } } },     'FORMAT_VALUES_AMBIGUOUS values.payer_kind'],
    ['a DBF with its header inside', { extends: 'dbf-1', control: 'inside' },               'FORMAT_SHAPE control'],
    ['a DBF column of 11 letters',  { extends: 'dbf-1', rename: { poolarea_no: 'POOLAREA_NO' } }, 'FORMAT_COLUMN_INVALID rename.poolarea_no'],
  ])('%s', (_, own, expected) => {
    expect(codeOf(own)).toBe(expected);
  });

  test('two of one name, and none at all', () => {
    expect(() => loadFormats([{ id: 'csv-1' }])).toThrow(FormatError);
    expect(() => shippedFormat('xml-1')).toThrow('现有：gbk-fixed-1、csv-1、dbf-1');
  });
});

test('a province changes names, order, codes and amounts without code', () => {
  const format = loadFormats([{ id: 'site', extends: 'csv-1', rename: { certno: '证件号码' }, amounts: 'fen', delimiter: '|' }]).get('site') as FileFormat;
  expect([format.form, format.rename['certno'], format.amounts, format.delimiter]).toEqual(['delimited', '证件号码', 'fen', '|']);
});
