import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Centre, demoData, Hospital, profileNamed, Stay } from './hospital';

const MAIN = resolve('dist', 'sandbox', 'national', 'main.js');

/** The process itself: what was answered survives kill -9, SIGTERM ends it cleanly. */
describe('the process', () => {
  const profile = profileNamed('default');
  let dataDir: string;
  let child: ChildProcess | null = null;

  beforeEach(() => {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build first`);
    dataDir = mkdtempSync(join(tmpdir(), 'sandbox-process-'));
  });
  afterEach(async () => {
    if (child) await end('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(env: Record<string, string> = {}): Promise<Centre> {
    const started = spawn(process.execPath, [MAIN], {
      env: { ...process.env, SANDBOX_NATIONAL_PORT: '0', SANDBOX_NATIONAL_DATA: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const line = await new Promise<string>((ready, failed) => {
      started.stdout?.once('data', (text: Buffer) => {
        ready(text.toString('utf8'));
      });
      started.once('exit', (code) => {
        failed(new Error(`ended with ${code}`));
      });
    });
    const { port } = JSON.parse(line) as { ready: true; port: number };
    return new Centre({ url: `http://127.0.0.1:${port}`, close: () => Promise.resolve() }, profile, [], dataDir);
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = null;
    return new Promise((ended) => {
      if (!ending || ending.exitCode !== null) return ended(ending?.exitCode ?? null);
      ending.once('exit', (code) => {
        ended(code);
      });
      ending.kill(signal);
    });
  }

  test('kill -9 right after an answer loses nothing of it', async () => {
    let centre = await start();
    await centre.control('PUT', '/_data', demoData());
    let hospital = new Hospital(centre);
    const signNo = await hospital.signIn();
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    await stay.upload([stay.charge('P1')]);
    await stay.discharge();
    const settled = await hospital.ok('2304', stay.settlement(100000));
    const before = await centre.control('GET', '/_records');
    await end('SIGKILL');
    centre = await start();
    expect(await centre.control('GET', '/_records')).toEqual(before);
    hospital = new Hospital(centre);
    const ids = { ...stay.ids, setl_id: settled.output.setlinfo.setl_id };
    expect((await hospital.ok('5203', { data: ids }, { signNo })).output.setlinfo.refd_setl_flag).toBe('0');
  });

  test('killed again and again under load: every acknowledged line is there, once', async () => {
    let centre = await start();
    await centre.control('PUT', '/_data', demoData());
    let hospital = new Hospital(centre);
    await hospital.signIn();
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    const acknowledged: string[] = [];
    let next = 0;
    for (let round = 0; round < 3; round += 1) {
      const signNo = await hospital.signIn();
      const sending = hospital;
      const load = Array.from({ length: 4 }, async () => {
        for (;;) {
          const sn = `K${(next += 1)}`;
          await sending.ok('2301', { feedetail: [stay.charge(sn)] }, { signNo });
          acknowledged.push(sn);
        }
      });
      setTimeout(() => child?.kill('SIGKILL'), 250);
      await Promise.allSettled(load);
      child = null;
      centre = await start();
      hospital = new Hospital(centre);
    }
    const lines = (await centre.records<{ feedetl_sn: string }>('lines')).map((line) => line.feedetl_sn);
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(new Set(lines).size).toBe(lines.length);
    expect(acknowledged.filter((sn) => !lines.includes(sn))).toEqual([]);
  });

  test('SIGTERM lets a running call end and exits 0', async () => {
    const centre = await start({ SANDBOX_LATENCY_MS: '300' });
    await centre.control('PUT', '/_data', demoData());
    const hospital = new Hospital(centre);
    const running = hospital.signIn();
    await new Promise((later) => setTimeout(later, 100));
    const code = end('SIGTERM');
    await expect(running).resolves.toMatch(/^990100/);
    expect(await code).toBe(0);
  });

  test('a wrong setting ends it with a reason', async () => {
    await expect(start({ SANDBOX_NATIONAL_PROFILE: 'nowhere' })).rejects.toThrow('ended with 1');
    await expect(start({ SANDBOX_NATIONAL_PORT: '80x' })).rejects.toThrow('ended with 1');
  });
});
