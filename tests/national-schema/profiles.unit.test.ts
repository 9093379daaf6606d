import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProfile, loadProfiles, ProfileError } from '../../schemas/national/load-profiles';
import { timeoutOf } from '../../schemas/national/profile';
import { riverside, standard } from './support';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const put = (name: string, content: unknown): void => writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));

function complaint(): { file: string; field: string; expected: string } {
  try {
    loadProfiles(directory);
  } catch (error) {
    if (error instanceof ProfileError) return { file: error.file.replace(`${directory}/`, ''), field: error.field, expected: error.expected };
    throw error;
  }
  throw new Error('the profiles were accepted');
}

test('riverside differs from the default in more than five ways', () => {
  const differing = (Object.keys(standard) as (keyof typeof standard)[]).filter((name) => JSON.stringify(standard[name]) !== JSON.stringify(riverside[name]));
  expect(differing.length).toBeGreaterThan(20);
  expect(riverside.preSettlement).toBe('required');
  expect(riverside.header.extra).toEqual({ recer_admdvs: '990000', serv_code: 'HIS' });
});

test('a site adds a profile that says only what differs', () => {
  put('lakeside.json', { extends: 'riverside', name: '湖滨省', header: { infver: 'V2.0' }, timeoutsMs: { '2304': 90000 } });
  const profile = findProfile(loadProfiles(directory), 'lakeside');
  expect(profile).toMatchObject({ id: 'lakeside', name: '湖滨省', header: { recer_sys_code: 'FSI_LOCAL', infver: 'V2.0' }, wrapper: 'data' });
  expect([timeoutOf(profile, '2304'), timeoutOf(profile, '2305'), timeoutOf(profile, '1101')]).toEqual([90000, 180000, 30000]);
  expect('extends' in profile).toBe(false);
});

test('a profile may extend another one of the site, in any order of files', () => {
  put('a-lake.json', { extends: 'z-base', name: '甲' });
  put('z-base.json', { name: '乙', feeLinesPerCall: 10 });
  expect(findProfile(loadProfiles(directory), 'a-lake').feeLinesPerCall).toBe(10);
});

test.each([
  ['not JSON', '{"name": ', '', '应为合法的 JSON'],
  ['a list', '[]', '', '应为一个 JSON 对象'],
  ['another id', { id: 'elsewhere' }, 'id', '应与文件名一致（site）'],
  ['unknown base', { extends: 'nowhere' }, 'extends', '应为已有配置之一：default、riverside、site'],
  ['itself as base', { extends: 'site' }, 'extends', '不能循环引用（site → site）'],
  ['wrong word', { signature: { family: 'sm2' } }, 'signature.family', '应为 x-tif、x-ca、apikey、none 之一'],
  ['wrong type', { feeLinesPerCall: '100' }, 'feeLinesPerCall', '应为数字'],
  ['fraction', { feeLinesPerCall: 1.5 }, 'feeLinesPerCall', '应为整数'],
  ['too small', { feeLinesPerCall: 0 }, 'feeLinesPerCall', '应不小于 1'],
  ['too large', { timeoutsMs: { default: 9e9 } }, 'timeoutsMs.default', '应不大于 600000'],
  ['misspelt switch', { numberAs: 'string' }, 'numberAs', '没有这个配置项，请核对拼写'],
  ['misspelt inside', { header: { recer: 'X' } }, 'header.recer', '没有这个配置项，请核对拼写'],
  ['empty name', { name: '' }, 'name', '不能为空'],
  ['unknown number', { fieldNames: { '9999': { psn_no: 'x' } } }, 'fieldNames.9999', '应为交易编号、* 或 header'],
  ['unknown field', { fieldNames: { '2301': { bilg: 'x' } } }, 'fieldNames.2301.bilg', '应为 2301 已有的字段名，或 节点.字段'],
  ['field of another node', { fieldNames: { '2301': { 'result.drord_no': 'x' } } }, 'fieldNames.2301.result.drord_no', '应为 2301 已有的字段名，或 节点.字段'],
  ['two members become one', { fieldNames: { '2304': { psn_no: 'mdtrt_id' } } }, 'fieldNames.2304.psn_no', '改名后的 mdtrt_id 与同一节点的另一字段重名'],
  ['extra header hides a member', { header: { extra: { opter: 'x' } } }, 'header.extra.opter', '与标准报文头成员重名'],
  ['unknown node', { nodeNames: { '2301': { data: 'x' } } }, 'nodeNames.2301.data', '应为该交易已有的节点名'],
  ['two nodes become one', { nodeNames: { '2401': { diseinfo: 'mdtrtinfo' } } }, 'nodeNames.2401', '改名后的节点名不得重复'],
  ['required of what is not there', { required: { '2304': { nothing: true } } }, 'required.2304.nothing', '应为 2304 已有的字段名，或 节点.字段'],
  ['unknown table', { codeValues: { med_kind: { '1': '2' } } }, 'codeValues.med_kind', '应为已有的代码表名'],
  ['codes that merge', { codeValues: { insutype: { '310': '1', '390': '1' } } }, 'codeValues.insutype', '每个取值应对应不同的代码'],
  ['form of another transaction', { forms: { '2304': '2207A' } }, 'forms.2304', '应为 2304 的另一版，如 2304A'],
  ['number of a transaction with other fields', { forms: { '1162': '1101' } }, 'forms.1162', '应为 1162 的另一版，如 1162A'],
  ['the switch of a warning slot', { feeWarning: true }, 'feeWarning', '应为 3101、3102、none 之一'],
  ['a place for the disease code that nobody reads', { settlementDiseaseCode: 'data' }, 'settlementDiseaseCode', '应为 none、dise_codg、expContent 之一'],
])('a broken profile is refused: %s', (_, content, field, expected) => {
  put('site.json', content);
  const found = complaint();
  expect({ file: found.file, field: found.field }).toEqual({ file: 'site.json', field });
  expect(found.expected).toContain(expected);
});

test('a shipped profile cannot be replaced, a missing directory and an unknown id are named', () => {
  put('default.json', { name: '改' });
  expect(complaint()).toMatchObject({ file: 'default.json', field: 'id' });
  expect(() => loadProfiles(join(directory, 'none'))).toThrow('目录不存在');
  expect(() => findProfile(loadProfiles(), 'toString')).toThrow('default、riverside');
});
