import type { CommandResult } from '../../domain/commands';
import { parseYuan } from '../../domain/money';
import { columnsOf } from '../../activities/register/commit';
import { AbnormalItem, Admission, Settlement, TimelineEvent } from '../../store/entities';
import { In, Not } from 'typeorm';
import { verifyLedger, trialBalance } from '../../activities/ledger';
import { demoFees, demoPatient, HOSPITAL, type DemoPatient, type Rig } from './admission-rig';

/** A demo person whose insurance is paused: the entitlement is refused and the stay is self-pay (自费住院). */
export const SELF_PAYING = {
  patient: { certno: '990101199002280045', insutype: '310' },
  credential: { type: '02', no: '990101199002280045' },
} as const;

export const SETTLE = { psnSetlway: '01', acctUsedFlag: '1', midSetlFlag: '0' };

/** The result of a command that had to succeed; otherwise the refusal as the error. */
export function done(result: CommandResult): Record<string, unknown> {
  if (result.status === 'done') return result.result as Record<string, unknown>;
  const { code, message, platform } = result.refusal;
  throw new Error(`${code} ${message} ${platform ? JSON.stringify(platform) : ''}`);
}

export function codeOf(result: CommandResult): string | null {
  return result.status === 'refused' ? result.refusal.code : null;
}

/**
 * The steps of a stay as a hospital gives them, each of which must succeed; `own` replaces members of the demo patient,
 * such as the number where the same person comes again.
 */
export function walk(rig: Rig, name: string, own: Partial<DemoPatient> = {}) {
  const patient: DemoPatient = { ...demoPatient(name), ...own };
  const { iptNo, credential } = patient;
  const give = async (command: string, payload: object) => done(await rig.command(iptNo, command, payload));
  const steps = {
    patient,
    iptNo,
    admit: async (extra: Record<string, unknown> = {}) => done(await rig.admit(patient, extra)),
    pay: async () => {
      for (const { amount, method, receiptNo } of patient.deposits) {
        await give('recordDeposit', { amountFen: parseYuan(amount), method, receiptNo });
      }
    },
    upload: async (rows = demoFees(name)) => done(await rig.uploadFees(iptNo, rows)),
    preSettle: () => give('preSettle', { credential, ...SETTLE }),
    discharge: (from = patient) => {
      const { endtime, ...form } = from.discharge;
      return give('discharge', { endtime, form, diagnoses: from.dischargeDiagnoses });
    },
    settle: (extra: object = {}) => give('settle', { credential, ...SETTLE, ...extra }),
    /** What a person at the window gets from `settle`, refused or not. */
    trySettle: (extra: object = {}) => rig.command(iptNo, 'settle', { credential, ...SETTLE, ...extra }),
    settleSelfPay: (extra: object = {}) => give('settleSelfPay', extra),
    cancelSettlement: (setlId: unknown) => give('cancelSettlement', { setlId, reason: '测试' }),
    cancelDischarge: () => give('cancelDischarge', { reason: '测试' }),
    withdrawFees: (feedetlSns: 'all' | string[] = 'all') => give('withdrawFees', { feedetlSns }),
    cancelAdmission: () => give('cancelAdmission', { reason: '测试' }),
    listOf: (setlId: unknown) => ({ setlId, form: LIST_FORM, diagnoses: [] }),
    submitList: (setlId: unknown) => give('submitList', { setlId, form: LIST_FORM, diagnoses: [] }),
  };
  const mirrored = rig.profile.settleBeforeDischarge;
  return {
    ...steps,
    /** Up to where the settlement may be asked for. */
    untilSettlement: async () => {
      await steps.admit();
      await steps.pay();
      await steps.upload();
      if (!mirrored) await steps.discharge();
    },
    /** Discharge and settlement in the order of the division; returns the settlement. */
    leave: async (from = patient, settle: () => Promise<Record<string, unknown>> = steps.settle): Promise<Record<string, unknown>> => {
      if (!mirrored) await steps.discharge(from);
      const settled = await settle();
      if (mirrored) await steps.discharge(from);
      return settled;
    },
    /** Settlement and discharge taken back in the order of the division. */
    comeBack: async (setlId: unknown) => {
      if (mirrored) await steps.cancelDischarge();
      await steps.cancelSettlement(setlId);
      if (!mirrored) await steps.cancelDischarge();
    },
  };
}

/** What a hospital adds to a settlement list (结算清单). */
const LIST_FORM = {
  medcasno: 'BA0001', ntly: 'CHN', prfs: '70', coner_name: '示例联系人', patn_rlts: '1', coner_addr: '示例市', coner_tel: '00000000000',
  bill_code: 'PJ01', bill_no: 'PJ0001', biz_sn: 'YW0001', setl_begn_date: '2026-11-02', setl_end_date: '2026-11-12',
  medins_fill_dept: '医保办', medins_fill_psn: '示例员', hi_paymtd: '1',
};

/** setl_ids that the centre's own books hold as live. */
export async function liveAtCentre(rig: Rig): Promise<string[]> {
  const settlements = await rig.records<{ setl_id: string; refd_setl_flag: string }>('settlements');
  return settlements.filter((row) => row.refd_setl_flag === '0').map((row) => row.setl_id).sort();
}

/** What must hold after every case: the two sides hold the same live settlements, and the ledger is whole. */
export async function expectBooksAgree(rig: Rig): Promise<void> {
  const { ours, trial, verdict } = await rig.store.read(async (manager) => ({
    // The centre never hears of a self-pay settlement.
    ours: await manager.findBy(Settlement, { institution: HOSPITAL, status: In(['live', 'held']), kind: Not('selfPay') }),
    trial: await trialBalance(manager, HOSPITAL),
    verdict: await verifyLedger(manager, HOSPITAL),
  }));
  expect(ours.map((row) => row.setl_id).sort()).toEqual(await liveAtCentre(rig));
  expect(trial.reduce((sum, row) => sum + row.balance, 0)).toBe(0);
  expect(verdict).toMatchObject({ tampered: [] });
}

/** The read model (住院登记簿) is what the workflow holds, column by column; while the workflow still runs. */
export async function expectReadModelEqualsState(rig: Rig, iptNo: string): Promise<void> {
  const state = await rig.state(iptNo);
  const row = await rig.store.read((manager) => manager.findOneByOrFail(Admission, { id: `${HOSPITAL}/${iptNo}/${state.round}` }));
  expect(row.state).toEqual(state);
  expect(row).toMatchObject(columnsOf(state));
  const events = await rig.store.read((manager) => manager.countBy(TimelineEvent, { admissionId: row.id }));
  expect(events).toBe(state.version);
}

/** Codes of the abnormal items (异常事项) that are open. */
export async function openAbnormal(rig: Rig, iptNo: string): Promise<string[]> {
  const workflowId = `admission/${HOSPITAL}/${iptNo}`;
  const rows = await rig.store.read((manager) => manager.findBy(AbnormalItem, { workflowId, state: 'open' }));
  return rows.map((row) => row.code).sort();
}
