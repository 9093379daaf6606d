import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../runtime/config';
import { parseFailpoints } from '../../runtime/failpoint';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-config-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const hospital = {
  fixmedins_code: 'H99000000001',
  name: '示例一院',
  admdvs: '990100',
  level: 3,
  profile: 'default',
  gateway: { url: 'http://127.0.0.1:9000', paasid: 'app', secretEnv: 'GATE_SECRET' },
  operators: [{ id: 'op1', name: '示例经办', type: '1' }],
};

function institutionsFile(entries: unknown): string {
  const path = join(directory, 'list.json');
  writeFileSync(path, JSON.stringify(entries));
  return path;
}

describe('configuration', () => {
  test('everything has a default under the data directory', () => {
    expect(loadConfig({ ANJIE_DATA_DIR: directory })).toMatchObject({
      dataDir: directory,
      databaseUrl: `sqlite:${directory}/anjie.db`,
      keyRingPath: `${directory}/key-ring.json`,
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
      national: { baseUrl: null, timeoutMs: null, institutions: [] },
      profilesDir: null,
      caseDefinitionsDir: null,
      tokens: { jwksUrl: null, audience: 'anjie' },
    });
  });

  test.each([
    ['ANJIE_API_PORT', 'abc'],
    ['ANJIE_API_PORT', '70000'],
    ['ANJIE_CODEC_PORT', '-1'],
    ['ANJIE_TEMPORAL_ADDRESS', 'localhost'],
    ['ANJIE_DATABASE_URL', 'postgres://x/y'],
    ['ANJIE_DATABASE_URL', 'mysql://host'],
    ['ANJIE_NATIONAL_URL', 'ftp://x'],
    ['ANJIE_NATIONAL_TIMEOUT_MS', '5'],
    ['ANJIE_TAX_URL', 'ftp://x'],
    ['ANJIE_TAX_FOLDER', '/nowhere/at/all'],
    ['ANJIE_PROFILES_DIR', '/nowhere/at/all'],
    ['ANJIE_CASE_DEFINITIONS', '/nowhere/at/all'],
    ['ANJIE_LOG_LEVEL', 'loud'],
    ['ANJIE_TEMPORAL_UI_ORIGINS', 'http://a/b'],
    ['ANJIE_INSTITUTIONS', '/nowhere.json'],
  ])('%s=%s is refused by name', (name, value) => {
    const problems = problemsOf({ ANJIE_DATA_DIR: directory, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });

  test('all faults are told at once, and a database password is not', () => {
    const problems = problemsOf({ ANJIE_DATA_DIR: directory, ANJIE_API_PORT: 'x', ANJIE_DATABASE_URL: 'mysql2://u:hunter2@h/d' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('the tax office is reached by an address or by a folder, not by both', () => {
    const both = { ANJIE_DATA_DIR: directory, ANJIE_TAX_URL: 'http://127.0.0.1:9', ANJIE_TAX_FOLDER: directory };
    expect(problemsOf(both)[0]).toMatch(/^ANJIE_TAX_FOLDER: /);
    expect(loadConfig({ ...both, ANJIE_TAX_URL: '' }).tax).toEqual({ url: null, folder: directory });
  });

  test('an identity provider needs its issuer', () => {
    expect(problemsOf({ ANJIE_DATA_DIR: directory, ANJIE_JWKS_URL: 'https://id.example/jwks' })[0]).toMatch(/^ANJIE_TOKEN_ISSUER: /);
  });

  test('institutions with a secret from the environment', () => {
    const config = loadConfig({ ANJIE_DATA_DIR: directory, ANJIE_INSTITUTIONS: institutionsFile([hospital]), GATE_SECRET: 's3' });
    expect(config.national.institutions).toEqual([
      {
        fixmedinsCode: 'H99000000001',
        name: '示例一院',
        admdvs: '990100',
        level: '3',
        profile: 'default',
        gateway: { url: 'http://127.0.0.1:9000', paasid: 'app', secret: 's3' },
        operators: [{ id: 'op1', name: '示例经办', type: '1' }],
      },
    ]);
  });

  test.each([
    ['no secret', [hospital], /GATE_SECRET/],
    ['not a list', {}, /数组/],
    ['bad code', [{ ...hospital, fixmedins_code: '123' }], /第 1 项 fixmedins_code/],
    ['bad admdvs', [{ ...hospital, admdvs: 9901 }], /admdvs: 应为六位数字/],
    ['bad operator', [{ ...hospital, gateway: {}, operators: [{ id: 'a', name: 'b', type: '9' }] }], /operators 第 1 项 type/],
    ['twice', [{ ...hospital, gateway: {} }, { ...hospital, gateway: {} }], /重复/],
  ])('institutions.json: %s', (_title, entries, expected) => {
    const problems = problemsOf({ ANJIE_DATA_DIR: directory, ANJIE_INSTITUTIONS: institutionsFile(entries) });
    expect(problems.join()).toMatch(expected);
  });

  test('fail-points are read strictly', () => {
    expect(parseFailpoints('before-send=kill@2, after-commit=pause:1500').get('before-send')).toMatchObject({ onHit: 2 });
    expect(() => parseFailpoints('before-sent=kill')).toThrow(RangeError);
    expect(() => parseFailpoints('before-send=explode')).toThrow(RangeError);
    expect(parseFailpoints('').size).toBe(0);
  });
});
