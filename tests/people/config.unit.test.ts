import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoLogInsPath, demoPeople, keepLogIns } from '../../cli/demo-people';
import { quoted, signalCommand } from '../../cli/sign/signal-command';
import { caseLines } from '../../cli/sign/case-lines';
import { ConfigError, loadConfig } from '../../runtime/config';
import { redact } from '../../runtime/redact';

describe('configuration of log-in', () => {
  const OIDC = { ANJIE_OIDC_ISSUER: 'https://id.example', ANJIE_OIDC_CLIENT_ID: 'anjie', ANJIE_PUBLIC_URL: 'https://anjie.example/' };

  test('without a provider people log in here', () => {
    expect(loadConfig({}).people).toEqual({ publicUrl: null, provider: null, session: { failuresBeforeLock: 5, lockMs: 900_000, idleMs: 1_800_000, absoluteMs: 43_200_000 } });
  });

  test('a provider, and what a site sets otherwise', () => {
    const { people } = loadConfig({ ...OIDC, ANJIE_LOGIN_FAILURES: '3', ANJIE_LOGIN_LOCK_MINUTES: '60', ANJIE_SESSION_IDLE_MINUTES: '15', ANJIE_SESSION_HOURS: '8' });
    expect(people).toEqual({
      publicUrl: 'https://anjie.example', provider: { issuer: 'https://id.example', clientId: 'anjie', clientSecret: null },
      session: { failuresBeforeLock: 3, lockMs: 3_600_000, idleMs: 900_000, absoluteMs: 28_800_000 },
    });
  });

  test.each([
    ['no client', { ...OIDC, ANJIE_OIDC_CLIENT_ID: '' }, 'ANJIE_OIDC_CLIENT_ID'],
    ['no public address', { ...OIDC, ANJIE_PUBLIC_URL: '' }, 'ANJIE_PUBLIC_URL'],
    ['a provider over plain http', { ...OIDC, ANJIE_OIDC_ISSUER: 'http://id.example' }, 'ANJIE_OIDC_ISSUER'],
    ['a public address over plain http', { ...OIDC, ANJIE_PUBLIC_URL: 'http://anjie.example' }, 'ANJIE_PUBLIC_URL'],
    ['a lock of no time', { ANJIE_LOGIN_LOCK_MINUTES: '0' }, 'ANJIE_LOGIN_LOCK_MINUTES'],
    ['sessions for ever', { ANJIE_SESSION_HOURS: '8760' }, 'ANJIE_SESSION_HOURS'],
  ])('%s is named', (_what, env, variable) => {
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(variable);
  });
});

describe('log-ins of the demonstration', () => {
  test('are random, readable by their owner only, and stay the same', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'anjie-log-ins-'));
    try {
      const file = demoLogInsPath(dataDir);
      const first = keepLogIns(file, demoPeople());
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(new Set(first.map(({ password }) => password)).size).toBe(demoPeople().users.length);
      expect(keepLogIns(file, demoPeople())).toEqual(JSON.parse(readFileSync(file, 'utf8')).logIns);
      expect(keepLogIns(join(dataDir, 'other.json'), demoPeople())[0]?.password).not.toBe(first[0]?.password);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('logs', () => {
  test('show no token, no password and no secret of a person', () => {
    const token = `as_${'Ab-_'.repeat(11)}`.slice(0, 46);
    const line = JSON.stringify(redact({ text: `session ${token} refused`, newPassword: 'Some-Passw0rd', totpSecret: 'JBSWY3DP', body: { challenge: token, decision: 'eyJ' } }));
    for (const secret of [token, 'Some-Passw0rd', 'JBSWY3DP', 'eyJ']) expect(line).not.toContain(secret);
  });
});

describe('npm run sign', () => {
  test('the command carries the decision, the codec and its authorisation, and quotes what people write', () => {
    const target = { address: '127.0.0.1:7233', namespace: 'default', codecEndpoint: 'http://127.0.0.1:7301' };
    const command = signalCommand(target, { workflowId: 'office-case/x/990100/1', signal: 'act', envelope: { opinion: "it's $HOME; `id`" } });
    expect(command.split(' \\\n  ')).toEqual([
      'temporal workflow signal', "--address '127.0.0.1:7233'", "--namespace 'default'", "--workflow-id 'office-case/x/990100/1'", "--name 'act'",
      `--input '{"opinion":"it'\\''s $HOME; \`id\`"}'`, "--codec-endpoint 'http://127.0.0.1:7301'", '--codec-auth "Bearer $ANJIE_OPS_TOKEN"',
    ]);
    expect(quoted("a'b")).toBe(`'a'\\''b'`);
  });

  test('what is shown cannot move the cursor or hide a part', () => {
    const lines = caseLines({ caseNo: '1', title: '示例\u001b[2J\u202e甲', form: { name: 'a\nb' }, seenHash: 'abc' });
    expect(lines.join('\n')).not.toMatch(/[\u001b\u202e]/);
    expect(lines).toContain('  name：a b');
  });
});
