/** Why a city objects to a settlement of a clearing. */
export const OBJECTION_REASONS = { amount: '金额', identity: '人员', duplicate: '重复', scope: '范围', other: '其他' } as const;
export type ObjectionReason = keyof typeof OBJECTION_REASONS;
