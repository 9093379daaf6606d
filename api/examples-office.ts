/** Requests of the reference page for office cases, on the demonstration's people and divisions. */

export const EXAMPLE_CASE_NO = 'xr-base-agency-990100-2026-0001';
export const EXAMPLE_CASE = { caseNo: EXAMPLE_CASE_NO } as const;
export const EXAMPLE_SEEN = '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';
export const EXAMPLE_ATTACHMENT = '3f2b8d1e-6a4c-4c5d-9b7e-0a1b2c3d4e5f';

export const EXAMPLE_AGENCY_FORM = {
  agencyNo: '990100',
  kind: 'agency',
  name: '示例市医疗保障经办中心',
  address: '示例市示例路 1 号',
  phone: '00000000000',
  services: [{ medType: '21' }],
  status: 'open',
  validFrom: '2026-12-01',
} as const;
