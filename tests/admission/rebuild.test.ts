import { nextStays, rebuildStay } from '../../activities/register/rebuild';
import { fen } from '../../domain/money';
import { Admission } from '../../store/entities';
import { HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { expectReadModelEqualsState, walk } from '../support/stay-walk';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 120_000);
afterAll(() => rig.close(), 60_000);

test('the read model is rebuilt from the events and equals the workflow', async () => {
  const stay = walk(rig, 'B');
  await stay.admit();
  await stay.pay();
  await stay.upload();
  await stay.discharge();
  const settled = await stay.settle();
  await stay.cancelSettlement(String(settled['setlId']));
  const id = `${HOSPITAL}/${stay.iptNo}/1`;
  expect(await rig.store.read((manager) => nextStays(manager, '', 10))).toEqual([id]);
  expect(await rig.store.write((manager) => rebuildStay(manager, id, false))).toBeNull();

  await rig.store.write((manager) => manager.update(Admission, { id }, { stage: 'settled', depositFen: fen(1), waitsFor: '别的', dueAt: null }));
  const wrong = { id, columns: ['stage', 'waitsFor', 'dueAt', 'depositFen'] };
  expect(await rig.store.write((manager) => rebuildStay(manager, id, false))).toEqual(wrong);
  expect(await rig.store.write((manager) => rebuildStay(manager, id, true))).toEqual(wrong);
  expect(await rig.store.write((manager) => rebuildStay(manager, id, false))).toBeNull();
  await expectReadModelEqualsState(rig, stay.iptNo);
}, 60_000);
