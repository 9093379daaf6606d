import { inHospitalOf } from '../../activities/clearing/in-hospital';
import { formatDate } from '../../domain/calendar';
import { addMonths, periodOf } from '../../domain/clearing/period';
import { Admission } from '../../store/entities';
import { demoPatient, HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { demo } from '../support/demo-data';
import { serves } from '../support/serves';
import { walk } from '../support/stay-walk';

/** 在院信息统计 of a stay that is played at a real centre, by a person whom another city insures. */
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 60_000);
afterAll(() => rig?.close());

interface DemoPerson {
  readonly certno: string;
  readonly insuinfo: readonly { readonly insuplc_admdvs: string }[];
}

test('in hospital from the admission to the discharge, with the fees so far; not after an undone admission', async () => {
  serves('xr-stat-in-hospital');
  const { credential } = demoPatient('A');
  const person = demo<{ persons: DemoPerson[] }>('people').persons.find(({ certno }) => certno === credential.no);
  if (!person) throw new Error('the demo has no such person');
  const moved = { ...person, insuinfo: person.insuinfo.map((each) => ({ ...each, insuplc_admdvs: '990201' })) };
  const answer = await fetch(`${rig.sandbox.url}/_data`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ persons: [moved] }) });
  expect(answer.status).toBeLessThan(300);
  const places = [{ fixmedinsCode: HOSPITAL, admdvs: '990100' }, { fixmedinsCode: 'H99999999999', admdvs: '990200' }];

  const stay = walk(rig, 'A');
  await stay.admit();
  const row = await rig.store.read((manager) => manager.findOneByOrFail(Admission, { ipt_no: stay.iptNo }));
  expect(row).toMatchObject({ insuplc_admdvs: '990201', stage: 'admitted' });
  const admitted = periodOf((row.admittedAt ?? '').slice(0, 7));
  const of = (window = periodOf(formatDate(rig.now()).slice(0, 7))) => inHospitalOf(rig.store, places, window);
  const group = { institution: HOSPITAL, careCity: '990100', insuredCity: '990200', insutype: row.insutype, closing: 1 };
  expect(await of(admitted)).toMatchObject([{ ...group, opening: 0, admitted: 1, discharged: 0 }]);
  expect(await of(addMonths(admitted, 1))).toMatchObject([{ ...group, opening: 1, admitted: 0, discharged: 0 }]);
  expect(await of(addMonths(admitted, -1))).toEqual([]);

  await stay.upload();
  const { medfeeFen } = await rig.store.read((manager) => manager.findOneByOrFail(Admission, { id: row.id }));
  expect(medfeeFen).toBeGreaterThan(0);
  expect(await of(admitted)).toMatchObject([{ closing: 1, medfee: medfeeFen }]);
  await stay.discharge();
  const left = await rig.store.read((manager) => manager.findOneByOrFail(Admission, { id: row.id }));
  const discharged = periodOf((left.dischargedAt ?? '').slice(0, 7));
  expect(await of(discharged)).toMatchObject([{ discharged: 1, closing: 0, medfee: 0 }]);
  expect(await of(addMonths(discharged, 1))).toEqual([]);

  await stay.cancelDischarge();
  expect(await of(discharged)).toMatchObject([{ discharged: 0, closing: 1 }]);
  await stay.withdrawFees();
  await stay.cancelAdmission();
  expect(await of(discharged)).toEqual([]);
}, 60_000);
