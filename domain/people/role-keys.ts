/** Keys of the roles (岗位) and rights that the program knows; schemas/processes/roles.json says what each role may. */
export const ROLE_KEYS = [
  'maker', 'reviewer', 'firstReviewer', 'rechecker', 'inspector', 'approver', 'accountant', 'cashier', 'cityConfirmer',
  'issueHandler', 'administrator', 'securityOfficer', 'operations', 'statistician',
] as const;

export type RoleKey = (typeof ROLE_KEYS)[number];

export const RIGHTS = [
  'case.act', 'case.read', 'people.propose', 'people.approve', 'admission.read', 'ops.read', 'unmask', 'parameters.propose',
  'statistics.read',
] as const;

export type Right = (typeof RIGHTS)[number];

export function isRoleKey(text: unknown): text is RoleKey {
  return (ROLE_KEYS as readonly unknown[]).includes(text);
}
