import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { onMariaDb } from '../support/databases';
import { serves } from '../support/serves';
import { playDemo, type Told } from './play-demo';

function expectTheStory({ code, text }: Told): void {
  expect(text).toContain('应答在途中丢失');
  expect(text).toMatch(/2601.* → 2304/);
  for (const cash of ['6,438.85', '6,436.29', '30,257.76', '3,712.15', '4,719.81', '19,082.99']) expect(text).toContain(cash);
  expect(text).not.toContain('✗');
  expect(code).toBe(0);
}

test.each(['default', 'riverside'])('the story comes out to the fen on the profile %s', async (profile) => {
  serves('visit-ip-1101-person', 'visit-ip-2401-admit', 'visit-ip-2303a-precalc', 'visit-ip-2304a-settle', 'aid-if-inpatient');
  expectTheStory(await playDemo(['--profile', profile]));
}, 120_000);

onMariaDb('the story', (database) => {
  test('comes out to the fen', async () => {
    expectTheStory(await playDemo([], { ANJIE_DATABASE_URL: database().databaseUrl }));
  }, 120_000);
});

describe('a patient of the user', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-own-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** Patient C as if somebody else had brought it: another person, another number, nothing expected. */
  function ownPatient(change: (header: Record<string, unknown>) => void): string[] {
    const header = JSON.parse(fs.readFileSync(path.resolve('cli', 'demo', 'patients', 'C.json'), 'utf8')) as Record<string, unknown>;
    delete header['expected'];
    header['iptNo'] = 'OWN-1';
    header['patient'] = { psn_name: '示例辛', psn_cert_type: '01', certno: '990101198001010030', gend: '1', brdy: '1980-01-01', insutype: '390' };
    header['credential'] = { type: '02', no: '990101198001010030' };
    change(header);
    const file = path.join(folder, 'own.json');
    fs.writeFileSync(file, JSON.stringify(header));
    return ['--admission', file, '--fees', path.resolve('cli', 'demo', 'patients', 'C.csv')];
  }

  test('is played from its own files', async () => {
    const { code, text } = await playDemo(ownPatient(() => undefined));
    expect(text).toContain('总费用 20,393.12');
    expect(text).toContain('示例辛');
    expect(code).toBe(0);
  }, 90_000);

  test('a check that does not hold fails the run and says what was found', async () => {
    const { code, text } = await playDemo(
      ownPatient((header) => {
        header['fees'] = { encoding: 'utf-8', refused: ['C04'] };
      }),
    );
    expect(text).toContain('✗ C 费用');
    expect(text).toContain('C04 被拒收：应为 true，实为 false');
    expect(code).toBe(1);
  }, 90_000);

  test('a refused command ends the story in words', async () => {
    const { code, text } = await playDemo(
      ownPatient((header) => {
        header['credential'] = { type: '02', no: '990101195803120019' };
      }),
    );
    expect(text).toContain('✗ C 全程');
    expect(text).toMatch(/接口拒绝（4\d\d）/);
    expect(code).toBe(1);
  }, 90_000);

  test('files that are not there are named before anything is started', async () => {
    const { code, text } = await playDemo(['--admission', path.join(folder, 'none.json'), '--fees', 'none.csv']);
    expect(text).toContain('找不到患者文件');
    expect(text).not.toContain('启动');
    expect(code).toBe(1);
  });
});
