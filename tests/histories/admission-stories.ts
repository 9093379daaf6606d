import { demoPatient, HOSPITAL, type Rig } from '../support/admission-rig';
import { codeOf, done, SELF_PAYING, SETTLE, walk } from '../support/stay-walk';
import type { Story } from './recorder';

/** The ways through a stay whose histories are kept. */
export const admissionStories: readonly Story[] = [
  {
    name: 'admission-settled-after-lost-answer',
    play: async (rig) => {
      await rig.faults(...['2401', '2301', '2402', '2304'].map((infno) => ({ infno, phase: 'after-commit', kind: 'reset' })));
      const stay = walk(rig, 'B');
      await stay.untilSettlement();
      await stay.settle();
      return { workflowId: idOf(stay.iptNo) };
    },
  },
  {
    name: 'admission-lost-fees-in-question',
    play: async (rig) => {
      const refusal = { infno: '2302', kind: 'businessError', text: '[费用明细]该就诊的费用正在审核，暂不能撤销' };
      await rig.faults({ infno: '2301', phase: 'after-commit', kind: 'reset' }, refusal);
      const stay = walk(rig, 'B');
      await stay.admit();
      await stay.upload();
      return { workflowId: idOf(stay.iptNo) };
    },
  },
  {
    name: 'admission-cancelled-whole',
    rig: { profile: 'riverside' },
    play: async (rig) => {
      const stay = walk(rig, 'B');
      await stay.untilSettlement();
      const settled = await stay.leave();
      await stay.submitList(settled['setlId']);
      await rig.faults({ infno: '2305', phase: 'after-commit', kind: 'reset' });
      await stay.cancelAdmission();
      return { workflowId: idOf(stay.iptNo) };
    },
  },
  {
    name: 'admission-mid-stay-continue-as-new',
    rig: { suggestRollAt: 60 },
    play: async (rig) => {
      const stay = walk(rig, 'B');
      await stay.admit();
      const firstRun = (await rig.handle(stay.iptNo).describe()).runId;
      await stay.pay();
      await stay.upload();
      const interim = { credential: stay.patient.credential, ...SETTLE, midSetlFlag: '1' };
      done(await rig.command(stay.iptNo, 'settle', interim));
      for (let count = 0; (await rig.handle(stay.iptNo).describe()).runId === firstRun; count += 1) {
        if (count > 30) throw new Error('the run does not roll over');
        await rig.signal(stay.iptNo, 'recordDeposit', { amountFen: 100, method: 'cash', receiptNo: 'R1' });
        done(await rig.command(stay.iptNo, 'refundDeposit', { amountFen: 100, method: 'cash', receiptNo: 'R2' }));
      }
      await stay.cancelSettlement((await rig.state(stay.iptNo)).settlements[0]?.setlId);
      return { workflowId: idOf(stay.iptNo), firstRun };
    },
  },
  {
    name: 'admission-refused',
    play: async (rig) => {
      const patient = demoPatient('B');
      const refused = await rig.admit(patient, { certno: demoPatient('A').patient.certno });
      if (codeOf(refused) !== 'PERSON_MISMATCH') throw new Error(`not refused as meant: ${JSON.stringify(refused)}`);
      return { workflowId: idOf(patient.iptNo) };
    },
  },
  {
    name: 'admission-self-pay-cancelled',
    play: async (rig) => {
      const stay = await selfPaying(rig);
      await stay.cancelAdmission();
      return { workflowId: idOf(stay.iptNo) };
    },
  },
  {
    name: 'admission-self-pay-settled-and-undone',
    play: async (rig) => {
      const stay = await selfPaying(rig);
      await stay.upload();
      await stay.withdrawFees(['A06', 'A07']);
      const first = await stay.leave(stay.patient, stay.settleSelfPay);
      await stay.comeBack(first['setlId']);
      await stay.leave(stay.patient, stay.settleSelfPay);
      await stay.cancelAdmission();
      return { workflowId: idOf(stay.iptNo) };
    },
  },
  {
    name: 'admission-held-amounts',
    play: async (rig) => {
      const stay = walk(rig, 'B');
      await stay.untilSettlement();
      await stay.preSettle();
      await rig.faults({ infno: '2304', kind: 'amountDrift' });
      const held = await stay.trySettle();
      if (codeOf(held) !== 'SETTLEMENT_HELD') throw new Error(`not held: ${JSON.stringify(held)}`);
      done(await rig.command(stay.iptNo, 'acceptAmounts', { setlId: await heldId(rig, stay.iptNo) }));
      return { workflowId: idOf(stay.iptNo) };
    },
  },
];

/** A stay whose entitlement was refused, its deposits paid. */
async function selfPaying(rig: Rig) {
  const stay = walk(rig, 'A', { ...SELF_PAYING, iptNo: 'ZYSELF1' });
  const admitted = await stay.admit();
  if (admitted['stage'] !== 'selfPay') throw new Error(`not admitted as self-pay: ${JSON.stringify(admitted)}`);
  await stay.pay();
  return stay;
}

async function heldId(rig: Rig, iptNo: string): Promise<string | undefined> {
  return (await rig.state(iptNo)).held?.ref.setlId;
}

function idOf(iptNo: string): string {
  return `admission/${HOSPITAL}/${iptNo}`;
}
