/** 经办机构, or an institution (hospital, pharmacy) on the platform of cross-region care. */
export const AGENCY_KINDS = { agency: '经办机构', hospital: '定点医院', pharmacy: '定点药店' } as const;
export type AgencyKind = keyof typeof AGENCY_KINDS;

export function isAgencyKind(value: unknown): value is AgencyKind {
  return typeof value === 'string' && Object.hasOwn(AGENCY_KINDS, value);
}

/** Whether a number fits the kind: a division for an agency, a fixmedins_code (a letter and eleven digits) for an institution. */
export function agencyNoFits(kind: AgencyKind, agencyNo: string): boolean {
  return kind === 'agency' ? /^\d{6}$/.test(agencyNo) : /^[A-Z]\d{11}$/.test(agencyNo);
}
