/** What the monthly clearing is run by (月度清算参数); a version holds from a clearing month on. */
export interface ClearingParameters {
  /** Last business day of a month that belongs to its own clearing; 31: the month's end. Later days belong to the next one. */
  readonly cutOffDay: number;
  /** Day of the following month by which a settlement must be reconciled to enter the month's clearing. */
  readonly reconciledByDay: number;
  /** A settlement may enter at most so many months late. */
  readonly lateLimitMonths: number;
  /** med_type codes that are cleared. */
  readonly medTypes: readonly string[];
  /** Days of the following month: claims in, generation, city confirmation, approval (31: its end). */
  readonly claimByDay: number;
  readonly generateOnDay: number;
  readonly confirmByDay: number;
  readonly approveByDay: number;
  /** Whether a city that stays silent until the deadline counts as having confirmed. */
  readonly tacitConfirmation: boolean;
  /** Whether what two cities owe each other in one fund is netted into one payable. */
  readonly netting: boolean;
  /** Whether counties check before their city confirms. */
  readonly countyPreCheck: boolean;
}

/** In force until a version is approved. Days are common practice, to be set by the province. */
export const DEFAULT_PARAMETERS: ClearingParameters = {
  cutOffDay: 31,
  reconciledByDay: 20,
  lateLimitMonths: 2,
  medTypes: ['11', '12', '13', '14', '21', '22', '23', '24', '25', '26', '27', '28', '41', '51', '52', '53'],
  claimByDay: 20,
  generateOnDay: 21,
  confirmByDay: 25,
  approveByDay: 31,
  tacitConfirmation: false,
  netting: false,
  countyPreCheck: false,
};

const DAYS = ['cutOffDay', 'reconciledByDay', 'claimByDay', 'generateOnDay', 'confirmByDay', 'approveByDay'] as const;

/** Says in Chinese what is wrong with a set of parameters, or null. */
export function parametersProblem(parameters: ClearingParameters): string | null {
  const badDay = DAYS.find((name) => !Number.isInteger(parameters[name]) || parameters[name] < 1 || parameters[name] > 31);
  if (badDay !== undefined) return `${badDay} 须为 1 至 31 的整数`;
  const { lateLimitMonths, medTypes } = parameters;
  if (!Number.isInteger(lateLimitMonths) || lateLimitMonths < 0 || lateLimitMonths > 12) return '迟报时限须为 0 至 12 个月';
  if (medTypes.length === 0 || medTypes.length > 50) return '清算的医疗类别须有 1 至 50 个';
  if (medTypes.some((code) => !/^[0-9A-Za-z]{1,6}$/.test(code))) return '医疗类别代码须为 1–6 位字母或数字';
  if (new Set(medTypes).size !== medTypes.length) return '医疗类别代码重复';
  if (parameters.reconciledByDay > parameters.generateOnDay) return '生成日不得早于对账截止日';
  if (parameters.generateOnDay > parameters.confirmByDay || parameters.confirmByDay > parameters.approveByDay) {
    return '生成、确认、审批三个日期须先后有序';
  }
  return null;
}
