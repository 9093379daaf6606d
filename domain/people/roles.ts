import source from '../../schemas/processes/roles.json';
import { isRoleKey, type Right, RIGHTS, ROLE_KEYS, type RoleKey } from './role-keys';

/** How far a right reaches from the division of the post: it alone, all below it, or all below it and its parent as well. */
export const REACHES = ['own', 'below', 'parent'] as const;
export type Reach = (typeof REACHES)[number];

export interface RightRule {
  readonly key: Right;
  readonly zh: string;
  readonly en: string;
  readonly reach: Reach;
}

/** A role (岗位): what it may, and which roles the same person may not hold besides. */
export interface Role {
  readonly key: RoleKey;
  readonly zh: string;
  readonly en: string;
  readonly rights: readonly Right[];
  /** Both ways: what one role excludes excludes it. */
  readonly incompatibleWith: readonly RoleKey[];
}

export interface RoleBook {
  readonly rights: readonly RightRule[];
  readonly roles: readonly Role[];
}

/**
 * Checks the text of roles.json: each role and right of the program once, nothing else, names in both languages.
 * Incompatibility is completed to both directions.
 * @throws RangeError naming what is wrong.
 */
export function checkRoleBook(value: unknown): RoleBook {
  const book = record(value, 'roles.json');
  const rights = list(book['rights'], 'rights').map((item) => checkRight(record(item, 'rights')));
  const roles = list(book['roles'], 'roles').map((item) => checkRole(record(item, 'roles')));
  requireEachOnce(RIGHTS, rights.map(({ key }) => key), 'right');
  requireEachOnce(ROLE_KEYS, roles.map(({ key }) => key), 'role');
  return { rights, roles: roles.map((role) => ({ ...role, incompatibleWith: ROLE_KEYS.filter((other) => excludes(roles, role.key, other)) })) };
}

function checkRight(item: Readonly<Record<string, unknown>>): RightRule {
  const { key, reach } = item;
  if (!isRight(key)) throw new RangeError(`roles.json: unknown right ${String(key)}`);
  if (!(REACHES as readonly unknown[]).includes(reach)) throw new RangeError(`roles.json: right ${key} has no reach`);
  return { key, reach: reach as Reach, ...names(item, key) };
}

function checkRole(item: Readonly<Record<string, unknown>>): Role {
  const { key } = item;
  if (!isRoleKey(key)) throw new RangeError(`roles.json: unknown role ${String(key)}`);
  const rights = list(item['rights'], key).map((right) => {
    if (!isRight(right)) throw new RangeError(`roles.json: role ${key} has an unknown right ${String(right)}`);
    return right;
  });
  const incompatibleWith = list(item['incompatibleWith'], key).map((other) => {
    if (!isRoleKey(other) || other === key) throw new RangeError(`roles.json: role ${key} cannot exclude ${String(other)}`);
    return other;
  });
  return { key, ...names(item, key), rights, incompatibleWith };
}

function excludes(roles: readonly Role[], one: RoleKey, other: RoleKey): boolean {
  return roles.some(({ key, incompatibleWith }) => (key === one && incompatibleWith.includes(other)) || (key === other && incompatibleWith.includes(one)));
}

function names(item: Readonly<Record<string, unknown>>, key: string): { readonly zh: string; readonly en: string } {
  const { zh, en } = item;
  if (typeof zh !== 'string' || zh === '' || typeof en !== 'string' || en === '') throw new RangeError(`roles.json: ${key} lacks a name`);
  return { zh, en };
}

function isRight(value: unknown): value is Right {
  return (RIGHTS as readonly unknown[]).includes(value);
}

function requireEachOnce(wanted: readonly string[], found: readonly string[], what: string): void {
  const wrong = wanted.find((key) => found.filter((each) => each === key).length !== 1);
  if (wrong !== undefined) throw new RangeError(`roles.json: ${what} ${wrong} must stand there once`);
}

function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`roles.json: ${where} must hold objects`);
  return value as Record<string, unknown>;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`roles.json: ${where} must be a list`);
  return value;
}

export const roleBook: RoleBook = checkRoleBook(source);

export function roleOf(key: RoleKey): Role {
  const role = roleBook.roles.find((each) => each.key === key);
  if (!role) throw new RangeError(`no role ${key}`);
  return role;
}

/** Rights that any of the roles gives. */
export function rightsOf(roles: readonly RoleKey[]): readonly Right[] {
  return RIGHTS.filter((right) => roles.some((key) => roleOf(key).rights.includes(right)));
}

/** The roles among `held` that the same person may not hold together with `role` (不相容岗位). */
export function incompatiblePosts(role: RoleKey, held: readonly RoleKey[]): readonly RoleKey[] {
  const { incompatibleWith } = roleOf(role);
  return [...new Set(held)].filter((other) => incompatibleWith.includes(other));
}
