import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCase } from '../../cli/new-case';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { walkThrough } from '../support/office-walk';

/** The claim of schemas/processes/README.md: a function of this kind is a file and its test, nothing else. */
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjie-cases-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what new:case writes is loaded and runs from the draft to its end', async () => {
  const [file = '', its = ''] = writeCase('test-new-function', { definitions: folder, tests: join(folder, 'tests') });
  expect(readFileSync(its, 'utf8')).toContain("loadCaseDefinitions()['test-new-function']");
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ key: 'test-new-function', version: 1 });
  const definition = loadCaseDefinitions(folder)['test-new-function'];
  if (!definition) throw new Error('not loaded');
  const state = await walkThrough(definition, { subject: '示例事项', amount: 100 });
  expect(state).toMatchObject({ status: 'effective', signatures: [{ step: 'maker' }, { step: 'review' }, { step: 'approve' }] });
}, 60_000);

test('a key that stands, or is none, is refused', () => {
  const folders = { definitions: folder, tests: join(folder, 'tests') };
  expect(() => writeCase('people-change', folders)).toThrow('已有此办件');
  expect(() => writeCase('../x', folders)).toThrow('小写字母');
});

test('the bank account of a city goes from its maintenance to the register', async () => {
  const definition = loadCaseDefinitions()['xr-base-city-bank'];
  if (!definition) throw new Error('not loaded');
  const form = {
    purpose: 'clearing', holder: '示例省医疗保障事务中心', accountNo: '9900000000000001', bankName: '示例银行', bankCode: '990000000001',
    validFrom: '2026-03-01',
  };
  expect(await walkThrough(definition, form, true)).toMatchObject({ status: 'effective', signatures: [{ step: 'maker' }, { step: 'review' }] });
}, 60_000);
