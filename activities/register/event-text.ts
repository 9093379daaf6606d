import { ALARM_TITLES } from '../../domain/admission/check';
import type { AdmissionEvent } from '../../domain/admission/state';
import { formatYuan } from '../../domain/money';

/** One Chinese sentence an event, for the timeline; without personal data. */
export function eventText(event: AdmissionEvent): string {
  switch (event.type) {
    case 'admitted':
      return `入院登记完成，就诊ID ${event.mdtrtId}`;
    case 'becameSelfPay':
      return `待遇检查未通过，转自费住院：${event.reason}`;
    case 'admissionRefused':
      return `入院登记未受理：${event.refusal.message}`;
    case 'depositReceived':
      return `收预交金 ${formatYuan(event.amount)} 元`;
    case 'depositRefunded':
      return `退预交金 ${formatYuan(event.amount)} 元`;
    case 'feesUploaded':
      return `上传费用 ${event.lines} 条，合计 ${formatYuan(event.sums.medfee)} 元` + (event.refused > 0 ? `，拒收 ${event.refused} 条` : '');
    case 'feesWithdrawn':
      return `撤销费用 ${event.lines} 条，合计 ${formatYuan(event.sums.medfee)} 元`;
    case 'amended':
      return '住院信息已变更';
    case 'preSettled':
      return `预结算：基金 ${formatYuan(event.preSettlement.amounts.fund_pay_sumamt)} 元，现金 ${formatYuan(event.preSettlement.amounts.psn_cash_pay)} 元`;
    case 'preSettlementRevoked':
      return '预结算已撤销';
    case 'discharged':
      return `出院办理完成（${event.endtime}）`;
    case 'settled':
      if (event.ref.kind === 'selfPay') return `自费结算 ${event.ref.setlId}：总额 ${formatYuan(event.ref.medfee_sumamt)} 元，全部由个人现金支付`;
      return `结算 ${event.ref.setlId}：总额 ${formatYuan(event.ref.medfee_sumamt)}，基金 ${formatYuan(event.ref.fund_pay_sumamt)}，现金 ${formatYuan(event.ref.psn_cash_pay)} 元`;
    case 'settlementHeld':
      return `中心已结算 ${event.held.ref.setlId}，金额待确认：${event.held.reasons.join('；')}`.slice(0, 480);
    case 'settlementUnknown':
      return `结算结果不明（报文 ${event.unknown.msgid}），已冻结`;
    case 'unknownNeedsPerson':
      return `不明结果转人工：${event.reason}`.slice(0, 480);
    case 'unknownResolved':
      return event.how === 'abandoned' ? '不明结算已冲正，可重新结算' : '不明结算已按中心记录认领';
    case 'settlementCancelled':
      return `结算 ${event.setlId} 已撤销，预交金恢复 ${formatYuan(event.depositRestored)} 元`;
    case 'listSubmitted':
      return `结算清单 ${event.setlListId} 已提交`;
    case 'listWithdrawn':
      return '结算清单已撤回';
    case 'dischargeCancelled':
      return '出院已撤销，恢复在院';
    case 'admissionCancelled':
      return '入院已撤销';
    case 'alarmRaised':
      return ALARM_TITLES[event.code];
    case 'feesWarned':
      return `费用预警：${event.warnings.join('；')}`.slice(0, 480);
    case 'signalRefused':
      return `信号 ${event.command} 未受理：${event.refusal.message}`.slice(0, 480);
  }
}
