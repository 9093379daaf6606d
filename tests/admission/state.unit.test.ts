import { checkStep, waitsFor } from '../../domain/admission/check';
import { NO_LINES, type LineSums } from '../../domain/admission/line-sums';
import { apply, openStay, type AdmissionEvent, type AdmissionState } from '../../domain/admission/state';
import { differingAmounts, normaliseAmounts, selfPayAmounts, settleDeposit, settlementProblems } from '../../domain/admission/settlement-check';
import type { AdmissionCommand, SettlementRef, Stage } from '../../domain/admission/types';
import { fen } from '../../domain/money';
import { RULES } from '../support/rules';

const sums: LineSums = { medfee: fen(1000), fulamtOwnpay: fen(100), overlmt: fen(50), preselfpay: fen(150), inscp: fen(700) };

function ref(setlId: string, kind: 'interim' | 'final'): SettlementRef {
  const amounts = normaliseAmounts(
    {
      medfee_sumamt: fen(1000), fulamt_ownpay_amt: fen(100), overlmt_selfpay: fen(50), preselfpay_amt: fen(150), inscp_scp_amt: fen(700),
      hifp_pay: fen(500), fund_pay_sumamt: fen(500), psn_part_amt: fen(500), acct_pay: fen(200), psn_cash_pay: fen(300),
    },
    false,
  );
  return { ...amounts, setlId, msgid: `m-${setlId}`, kind, setlTime: '2026-11-01 10:00:00', depositApplied: fen(300), depositRefund: fen(kind === 'final' ? 700 : 0), topUp: fen(0) };
}

const OWN: LineSums = { ...NO_LINES, medfee: fen(1000), fulamtOwnpay: fen(1000) };

function selfPayRef() {
  return { ...selfPayAmounts(fen(1000)), setlId: 'ZF1', msgid: 'ZF1', kind: 'selfPay', setlTime: '2026-11-02 10:00:00' } as const;
}

const EVENTS: Record<string, AdmissionEvent> = {
  admit: { type: 'admitted', personNo: 'P1', insuplcAdmdvs: '990100', insutype: '310', mdtrtId: 'V1', at: 1 },
  selfPay: { type: 'becameSelfPay', personNo: 'P1', insuplcAdmdvs: '990100', reason: '停保' },
  ownFees: { type: 'feesUploaded', lines: 2, refused: 0, sums: OWN, at: 2 },
  settleCash: { type: 'settled', ref: { ...selfPayRef(), depositApplied: fen(1000), depositRefund: fen(0), topUp: fen(0) }, sums: OWN, at: 5 },
  deposit: { type: 'depositReceived', amount: fen(1000) },
  fees: { type: 'feesUploaded', lines: 2, refused: 0, sums, at: 2 },
  withdraw: { type: 'feesWithdrawn', lines: 2, all: true, sums },
  interim: { type: 'settled', ref: ref('S1', 'interim'), sums, at: 3 },
  discharge: { type: 'discharged', endtime: '2026-11-02 09:00:00', at: 4 },
  settle: { type: 'settled', ref: ref('S2', 'final'), sums, at: 5 },
  hold: { type: 'settlementHeld', held: { ref: ref('S2', 'final'), reasons: ['x'] }, sums, at: 5 },
  list: { type: 'listSubmitted', setlId: 'S2', setlListId: 'L1' },
  unknown: { type: 'settlementUnknown', unknown: { msgid: 'M1', infno: '2304', reason: 'reset', since: 6, needsPerson: false } },
};

function after(...names: string[]): AdmissionState {
  const opened = openStay({ institution: 'H99000000001', iptNo: 'ZY1', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-10-20 08:00:00' }, RULES);
  return names.reduce((state, name) => apply(state, EVENTS[name] as AdmissionEvent), opened);
}

describe('order of work', () => {
  test.each<[string, string[], AdmissionCommand, Record<string, unknown>, string | null]>([
    ['admit once', ['admit'], 'admit', {}, 'WRONG_STEP'],
    ['fees need an admission', [], 'uploadFees', {}, 'WRONG_STEP'],
    ['fees in the stay', ['admit'], 'uploadFees', {}, null],
    ['no fees after discharge', ['admit', 'fees', 'discharge'], 'uploadFees', {}, 'WRONG_STEP'],
    ['fees of a self-pay stay', ['selfPay'], 'uploadFees', {}, null],
    ['no amendment at the centre for it', ['selfPay'], 'amendAdmission', {}, 'STAY_IS_SELF_PAY'],
    ['no settlement by the fund', ['selfPay', 'ownFees', 'discharge'], 'settle', { midSetlFlag: '0' }, 'STAY_IS_SELF_PAY'],
    ['nor a pre-settlement', ['selfPay', 'ownFees', 'discharge'], 'preSettle', { midSetlFlag: '0' }, 'STAY_IS_SELF_PAY'],
    ['self-pay settlement wants discharge', ['selfPay', 'ownFees'], 'settleSelfPay', {}, 'NOT_DISCHARGED'],
    ['self-pay settlement wants fees', ['selfPay', 'discharge'], 'settleSelfPay', {}, 'NO_FEES'],
    ['self-pay settlement', ['selfPay', 'ownFees', 'discharge'], 'settleSelfPay', {}, null],
    ['not settled twice in cash', ['selfPay', 'ownFees', 'discharge', 'settleCash'], 'settleSelfPay', {}, 'WRONG_STEP'],
    ['no list of it', ['selfPay', 'ownFees', 'discharge', 'settleCash'], 'submitList', { setlId: 'ZF1' }, 'STAY_IS_SELF_PAY'],
    ['cancelled in the same order', ['selfPay', 'ownFees', 'discharge', 'settleCash'], 'cancelDischarge', {}, 'SETTLEMENT_FIRST'],
    ['self-pay settlement cancelled', ['selfPay', 'ownFees', 'discharge', 'settleCash'], 'cancelSettlement', { setlId: 'ZF1' }, null],
    ['an insured stay has none', ['admit', 'fees', 'discharge'], 'settleSelfPay', {}, 'STAY_IS_INSURED'],
    ['settle wants discharge', ['admit', 'fees'], 'settle', { midSetlFlag: '0' }, 'NOT_DISCHARGED'],
    ['settle wants fees', ['admit', 'discharge'], 'settle', { midSetlFlag: '0' }, 'NO_FEES'],
    ['settle', ['admit', 'fees', 'discharge'], 'settle', { midSetlFlag: '0' }, null],
    ['interim in the stay', ['admit', 'fees'], 'settle', { midSetlFlag: '1' }, null],
    ['no interim after discharge', ['admit', 'fees', 'discharge'], 'settle', { midSetlFlag: '1' }, 'WRONG_STEP'],
    ['not settled twice', ['admit', 'fees', 'discharge', 'settle'], 'settle', { midSetlFlag: '0' }, 'WRONG_STEP'],
    ['frozen while unknown', ['admit', 'fees', 'discharge', 'unknown'], 'settle', { midSetlFlag: '0' }, 'OUTCOME_UNKNOWN'],
    ['deposit while unknown', ['admit', 'fees', 'discharge', 'unknown'], 'recordDeposit', {}, null],
    ['resolve the unknown', ['admit', 'fees', 'discharge', 'unknown'], 'resolveUnknown', { msgid: 'M1' }, null],
    ['resolve another', ['admit', 'fees', 'discharge', 'unknown'], 'resolveUnknown', { msgid: 'M2' }, 'NOTHING_UNKNOWN'],
    ['held stops all', ['admit', 'fees', 'discharge', 'hold'], 'settle', { midSetlFlag: '0' }, 'SETTLEMENT_HELD'],
    ['held is accepted', ['admit', 'fees', 'discharge', 'hold'], 'acceptAmounts', { setlId: 'S2' }, null],
    ['held is cancelled', ['admit', 'fees', 'discharge', 'hold'], 'cancelSettlement', { setlId: 'S2' }, null],
    ['cancel settlement', ['admit', 'fees', 'discharge', 'settle'], 'cancelSettlement', { setlId: 'S2' }, null],
    ['cancel an unknown settlement', ['admit', 'fees', 'discharge', 'settle'], 'cancelSettlement', { setlId: 'S9' }, 'SETTLEMENT_NOT_FOUND'],
    ['the later settlement first', ['admit', 'fees', 'interim', 'fees', 'discharge', 'settle'], 'cancelSettlement', { setlId: 'S1' }, 'NOT_LAST_SETTLEMENT'],
    ['settlement before discharge is undone', ['admit', 'fees', 'discharge', 'settle'], 'cancelDischarge', {}, 'SETTLEMENT_FIRST'],
    ['discharge undone', ['admit', 'fees', 'discharge'], 'cancelDischarge', {}, null],
    ['refund beyond the deposit', ['admit', 'deposit'], 'refundDeposit', { amountFen: 1001 }, 'DEPOSIT_INSUFFICIENT'],
    ['refund within the deposit', ['admit', 'deposit'], 'refundDeposit', { amountFen: 1000 }, null],
  ])('%s', (_name, events, command, payload, code) => {
    expect(checkStep(after(...events), command, payload)?.code ?? null).toBe(code);
  });

  test.each<[string, string[], AdmissionCommand, string | null]>([
    ['settle in the stay', ['admit', 'fees'], 'settle', null],
    ['self-pay settlement in the stay', ['selfPay', 'ownFees'], 'settleSelfPay', null],
    ['self-pay discharge wants settlement', ['selfPay', 'ownFees'], 'discharge', 'NOT_SETTLED'],
    ['self-pay discharge after settlement', ['selfPay', 'ownFees', 'settleCash'], 'discharge', null],
    ['discharge wants settlement', ['admit', 'fees'], 'discharge', 'NOT_SETTLED'],
    ['discharge after settlement', ['admit', 'fees', 'settle'], 'discharge', null],
    ['discharge is undone first', ['admit', 'fees', 'settle', 'discharge'], 'cancelSettlement', 'DISCHARGE_FIRST'],
    ['discharge undone', ['admit', 'fees', 'settle', 'discharge'], 'cancelDischarge', null],
  ])('mirrored division: %s', (_name, events, command, code) => {
    const state = { ...after(...events), rules: { ...RULES, settleBeforeDischarge: true } };
    expect(checkStep(state, command, { midSetlFlag: '0', setlId: 'S2' })?.code ?? null).toBe(code);
  });
});

describe('what the state becomes', () => {
  test.each<[string[], Stage, number, number, string[]]>([
    // events                                              stage         unsettled deposit undo
    [['admit'],                                            'admitted',   0,        0,      ['admission']],
    [['admit', 'deposit', 'fees', 'fees'],                 'admitted',   2000,     1000,   ['admission', 'fees']],
    [['admit', 'fees', 'withdraw'],                        'admitted',   0,        0,      ['admission']],
    [['admit', 'deposit', 'fees', 'discharge', 'settle'],  'settled',    0,        0,      ['admission', 'fees', 'discharge', 'settlement']],
    [['admit', 'deposit', 'fees', 'interim'],              'admitted',   0,        700,    ['admission', 'fees', 'settlement']],
    [['admit', 'deposit', 'fees', 'interim', 'fees', 'withdraw'], 'admitted', 0,   700,    ['admission', 'fees', 'settlement']],
    [['admit', 'deposit', 'fees', 'discharge', 'settle', 'list'], 'settled', 0,    0,      ['admission', 'fees', 'discharge', 'settlement', 'list']],
    [['selfPay', 'deposit', 'ownFees'],                    'selfPay',    1000,     1000,   ['admission', 'fees']],
    [['selfPay', 'deposit', 'ownFees', 'discharge', 'settleCash'], 'settled', 0,   0,      ['admission', 'fees', 'discharge', 'settlement']],
  ])('%j', (events, stage, unsettled, deposit, undo) => {
    const state = after(...events);
    expect([state.stage, state.fees.unsettled.medfee, state.deposit, state.undo.map((step) => step.act)]).toEqual([stage, unsettled, deposit, undo]);
    expect(state.version).toBe(events.length);
  });

  test('a cancelled settlement gives back exactly what it took', () => {
    const before = after('admit', 'deposit', 'fees', 'discharge');
    const settled = apply(before, EVENTS.settle as AdmissionEvent);
    const cancelled = apply(settled, { type: 'settlementCancelled', setlId: 'S2', sums, depositRestored: fen(1000) });
    expect({ ...cancelled, version: 0 }).toEqual({ ...before, version: 0 });
  });

  test('a self-pay stay goes back to what it was, step by step', () => {
    const names = ['selfPay', 'deposit', 'ownFees', 'discharge', 'settleCash'];
    const cancelled = apply(after(...names), { type: 'settlementCancelled', setlId: 'ZF1', sums: OWN, depositRestored: fen(1000) });
    expect({ ...cancelled, version: 0 }).toEqual({ ...after(...names.slice(0, 4)), version: 0 });
    const back = apply(cancelled, { type: 'dischargeCancelled' });
    expect({ ...back, version: 0 }).toEqual({ ...after(...names.slice(0, 3)), version: 0 });
  });

  test('a cancelled mid-stay settlement counts the days from where they were counted before', () => {
    const before = after('admit', 'fees', 'interim', 'fees');
    const again: AdmissionEvent = { type: 'settled', ref: ref('S3', 'interim'), sums, at: 9 };
    const cancel = (state: AdmissionState, setlId: string) => apply(state, { type: 'settlementCancelled', setlId, sums, depositRestored: fen(0) });
    const twice = apply(before, again);
    expect([before, twice].map((state) => state.unsettledSince)).toEqual([3, 9]);
    expect(cancel(twice, 'S3').unsettledSince).toBe(3);
    expect(cancel(cancel(twice, 'S3'), 'S1').unsettledSince).toBe(1);
  });

  test('so does a held one, accepted or not', () => {
    const hold: AdmissionEvent = { type: 'settlementHeld', held: { ref: ref('S3', 'interim'), reasons: ['x'] }, sums, at: 8 };
    const cancelled: AdmissionEvent = { type: 'settlementCancelled', setlId: 'S3', sums, depositRestored: fen(0) };
    const held = apply(after('admit', 'fees'), hold);
    const accepted = apply(held, { type: 'settled', ref: ref('S3', 'interim'), sums, at: 9 });
    expect([held, accepted, apply(held, cancelled), apply(accepted, cancelled)].map((state) => state.unsettledSince)).toEqual([1, 9, 1, 1]);
  });

  test('each stage says what it waits for', () => {
    expect(waitsFor(after('admit'))).toBe('等待费用上传或出院办理');
    expect(waitsFor(after('admit', 'fees', 'discharge', 'unknown'))).toBe('正在确认结算结果');
    expect(waitsFor(after('admit', 'fees', 'discharge', 'settle', 'list'))).toBe('等待对账清算');
    expect(waitsFor(after('selfPay'))).toBe('自费住院，等待费用或出院办理');
    expect(waitsFor(after('selfPay', 'ownFees', 'discharge'))).toBe('等待自费结算');
    expect(waitsFor(after('selfPay', 'ownFees', 'discharge', 'settleCash'))).toBe('');
    expect(waitsFor(after('selfPay', 'ownFees', 'settleCash'))).toBe('等待出院办理');
  });
});

describe('amounts of a settlement', () => {
  const good = ref('S', 'final');
  const funds = [{ fund_pay_type: '310100', fund_payamt: fen(500) }, { fund_pay_type: '310200', fund_payamt: fen(200) }];

  test('a whole one breaks nothing', () => expect(settlementProblems(good, funds, sums)).toEqual([]));

  test('a self-pay settlement is all cash and breaks nothing', () => {
    const amounts = selfPayAmounts(fen(1000));
    expect(amounts).toMatchObject({ medfee_sumamt: 1000, fulamt_ownpay_amt: 1000, psn_part_amt: 1000, psn_cash_pay: 1000, fund_pay_sumamt: 0, acct_pay: 0, balc: 0 });
    expect(settlementProblems(amounts, [], OWN)).toEqual([]);
  });

  test.each<[string, object]>([
    ['total', { medfee_sumamt: fen(999) }],
    ['split', { inscp_scp_amt: fen(699) }],
    ['funds', { hifp_pay: fen(499) }],
    ['patient', { psn_part_amt: fen(499) }],
    ['cash', { psn_cash_pay: fen(301) }],
    ['negative', { hifp_pay: fen(-500), oth_pay: fen(1000) }],
  ])('a fen amiss in %s is seen', (_name, amiss) => {
    expect(settlementProblems({ ...good, ...amiss }, funds, sums)).not.toEqual([]);
  });

  test('fund rows must sum up', () => {
    expect(settlementProblems(good, [{ fund_pay_type: '310100', fund_payamt: fen(499) }], sums)).toHaveLength(1);
  });

  test('the inside reading is brought to the outside one', () => {
    expect(normaliseAmounts({ ...good, fund_pay_sumamt: fen(700) }, true).fund_pay_sumamt).toBe(500);
  });

  test('differences are named, the balance is none', () => {
    expect(differingAmounts(good, { ...good, hifp_pay: fen(499), balc: fen(7) })).toEqual(['hifp_pay']);
  });

  test.each([
    // cash deposit final → applied refund topUp
    [643885, 800000, true, 643885, 156115, 0],
    [3025776, 3000000, true, 3000000, 0, 25776],
    [300, 1000, false, 300, 0, 0],
    [0, 0, true, 0, 0, 0],
  ])('cash %d of deposit %d', (cash, deposit, final, applied, refund, topUp) => {
    expect(settleDeposit(fen(cash), fen(deposit), final)).toEqual({ applied, refund, topUp });
  });
});

test('nothing uploaded, nothing to settle', () => expect(after('admit').fees.unsettled).toEqual(NO_LINES));
