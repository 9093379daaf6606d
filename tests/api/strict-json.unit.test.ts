import * as fc from 'fast-check';
import { parseStrictJson, StrictJsonError } from '../../api/strict-json';

describe('strict JSON', () => {
  test.each([
    ['truncated object', '{"a":1', 'JSON_INVALID'],
    ['truncated text', '"abc', 'JSON_INVALID'],
    ['nothing', '', 'JSON_INVALID'],
    ['only spaces', '  \n', 'JSON_INVALID'],
    ['trailing garbage', '{} x', 'JSON_INVALID'],
    ['two documents', '{}\n{}', 'JSON_INVALID'],
    ['trailing comma', '[1,]', 'JSON_INVALID'],
    ['comment', '{/* a */}', 'JSON_INVALID'],
    ['single quotes', "{'a':1}", 'JSON_INVALID'],
    ['unquoted name', '{a:1}', 'JSON_INVALID'],
    ['leading zero', '[01]', 'JSON_INVALID'],
    ['leading plus', '[+5]', 'JSON_INVALID'],
    ['leading point', '[.5]', 'JSON_INVALID'],
    ['trailing point', '[5.]', 'JSON_INVALID'],
    ['NaN', '[NaN]', 'JSON_INVALID'],
    ['Infinity', '[Infinity]', 'JSON_INVALID'],
    ['hexadecimal', '[0x10]', 'JSON_INVALID'],
    ['bad escape', '"\\x41"', 'JSON_INVALID'],
    ['short unicode escape', '"\\u12"', 'JSON_INVALID'],
    ['raw tab in text', '"a\tb"', 'JSON_INVALID'],
    ['lone high surrogate', '"\\ud83d"', 'JSON_INVALID'],
    ['lone low surrogate', '"x\\ude00"', 'JSON_INVALID'],
    ['prototype name', '{"__proto__":{}}', 'JSON_INVALID'],
    ['too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 'JSON_INVALID'],
    ['repeated name', '{"a":1,"b":2,"a":1}', 'JSON_DUPLICATE_KEY'],
    ['name repeated by an escape', '{"a":1,"\\u0061":2}', 'JSON_DUPLICATE_KEY'],
    ['integer beyond 2^53', '[9007199254740993]', 'JSON_NUMBER_INEXACT'],
    ['2^63', '[9223372036854775808]', 'JSON_NUMBER_INEXACT'],
    ['1e400', '[1e400]', 'JSON_NUMBER_INEXACT'],
  ])('%s is refused', (_name, text, code) => {
    expect(() => parseStrictJson(text)).toThrow(expect.objectContaining({ name: 'StrictJsonError', code }));
  });

  test('reads what JSON.parse reads, for any value', () => {
    const seed = Number(process.env['ANJIE_SEED'] ?? 20261122);
    const keep = fc.json({ maxDepth: 5 }).filter((text) => !text.includes('__proto__'));
    fc.assert(
      fc.property(keep, (text) => {
        let strict: unknown;
        try {
          strict = parseStrictJson(text);
        } catch (error) {
          // Refused on purpose: names repeated by JSON text, lone surrogates, numbers beyond 2^53.
          return error instanceof StrictJsonError;
        }
        expect(strict).toEqual(JSON.parse(text));
        return true;
      }),
      { seed, numRuns: 500, verbose: 1 },
    );
  });

  test('escapes, pairs of surrogates and all kinds of values', () => {
    const text = ' { "名" : "\\u4e2d\\ud83d\\ude00\\n\\"\\\\\\/", "list":[1,-2.5e3,true,false,null,{"":[]}] } ';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });
});
