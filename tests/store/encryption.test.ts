import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fen } from '../../domain/money';
import { openKeyRing } from '../../runtime/keys';
import { Admission } from '../../store/entities';
import { onBothDatabases } from '../support/databases';

const CANARY = '金丝雀患者';
const CANARY_ID = '990101199001011234';

function admission() {
  return {
    id: 'H99000000001/Z1/1', institution: 'H99000000001', ipt_no: 'Z1', round: 1, workflowId: 'admission/H99000000001/Z1',
    stage: 'admitted' as const, profile: 'default', psn_no: '99000001', personKey: 'set below', patientName: CANARY, certno: CANARY_ID,
    insutype: '310', insuplc_admdvs: '990100', med_type: '21', mdtrt_id: 'M1', admittedAt: '2026-03-01 08:00:00', dischargedAt: null,
    waitsFor: '费用上传', dueAt: null, medfeeFen: fen(0), fundFen: fen(0), depositFen: fen(0),
    state: { patient: { name: CANARY, certno: CANARY_ID } }, form: { coner_name: CANARY }, version: 1, createdAt: 1, updatedAt: 1,
  };
}

onBothDatabases('encrypted columns', (database) => {
  test('personal data is readable through the entity and nowhere in the files', async () => {
    const store = await database().openMigrated();
    const row = { ...admission(), personKey: database().keyRing.keyedHash(CANARY_ID) };
    await store.write((manager) => manager.insert(Admission, row));
    const found = await store.read((manager) => manager.findOneBy(Admission, { personKey: database().keyRing.keyedHash(CANARY_ID) }));
    expect(found).toEqual(row);
    await store.close();

    const bytes = await database().bytesOnDisk();
    if (!bytes) return;
    expect(bytes.includes('99000001')).toBe(true);
    for (const secret of [CANARY, CANARY_ID, Buffer.from(CANARY).toString('base64'), Buffer.from(CANARY).toString('hex')]) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });

  test('rows of before a rotation are still read, new ones use the new key', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(Admission, admission()));
    const before = database().keyRing.currentKeyId;
    const after = database().keyRing.rotate();
    expect(after).not.toBe(before);
    await store.write((manager) => manager.insert(Admission, { ...admission(), id: 'H99000000001/Z1/2', round: 2 }));
    const names = await store.read((manager) => manager.find(Admission, { order: { round: 'ASC' } }));
    expect(names.map((row) => row.patientName)).toEqual([CANARY, CANARY]);
    const raw = (await store.read((manager) => manager.query('SELECT certno FROM admission ORDER BY round'))) as { certno: Buffer }[];
    expect(raw.map(({ certno }) => [before, after].map((id) => certno.includes(id)))).toEqual([[true, false], [false, true]]);
  });

  test('a database that was written with another key ring is refused', async () => {
    await (await database().openMigrated()).ready();
    const keyRing = openKeyRing(join(mkdtempSync(join(tmpdir(), 'anjie-ring-')), 'ring.json'), { create: true });
    const stranger = await database().open({ keyRing });
    await expect(stranger.read(async () => 1)).rejects.toMatchObject({ problem: 'foreignKeyRing' });
  });

  test('errors of the database carry no values of encrypted or other columns', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(Admission, admission()));
    const error: unknown = await store.write((manager) => manager.insert(Admission, { ...admission(), waitsFor: CANARY })).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    const everything = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as { driverError?: { sql?: string } }).driverError?.sql);
    expect(everything).not.toContain(CANARY);
  });
}, { ownServer: true });
