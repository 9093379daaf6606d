import { dateProblem } from '../calendar';
import type { Refusal } from '../commands';
import { checkIdNumber } from '../identity';
import { refusal } from '../refusal';
import { DIVISION_CODE, type DivisionNode, type DivisionTree, LEVELS } from './divisions';
import { isRoleKey, type RoleKey } from './role-keys';

/** What a case `people-change` (人员变更) asks for. */
export type PeopleChange =
  | {
      readonly kind: 'createUser';
      readonly loginName: string;
      readonly name: string;
      /** ID number: accounts of one human are found by it, so that four eyes are two people. */
      readonly certno: string;
      readonly subject: string | null;
      readonly division: string;
      readonly role: RoleKey | null;
    }
  | { readonly kind: 'assignRole'; readonly userId: string; readonly role: RoleKey; readonly division: string; readonly validFrom: string | null; readonly validTo: string | null }
  | { readonly kind: 'revokeRole'; readonly userId: string; readonly role: RoleKey; readonly division: string }
  | { readonly kind: 'disableUser' | 'enableUser' | 'resetLogin' | 'unlinkAccounts'; readonly userId: string }
  | { readonly kind: 'linkAccounts'; readonly userId: string; readonly otherUserId: string }
  | ({ readonly kind: 'changeDivision'; readonly validFrom: string } & DivisionNode);

export type PeopleChangeKind = PeopleChange['kind'];

/** Names of the kinds, as the form's field `change` offers them. */
export const PEOPLE_CHANGES: Readonly<Record<PeopleChangeKind, string>> = {
  createUser: '开户',
  assignRole: '授予岗位',
  revokeRole: '收回岗位',
  disableUser: '停用账号',
  enableUser: '恢复账号',
  resetLogin: '重置登录',
  linkAccounts: '关联账号',
  unlinkAccounts: '解除关联',
  changeDivision: '变更辖区',
};

const LOGIN_NAME = /^[a-z][a-z0-9._-]{2,38}$/;
const USER_ID = /^[A-Za-z0-9_-]{1,40}$/;
const SUBJECT = /^[\x21-\x7e]{1,200}$/;
const NAME_LENGTH = 40;

type Form = Readonly<Record<string, unknown>>;

/** Reads the form of a case as a change. `today` is yyyy-MM-dd. A fault is PEOPLE_CHANGE_INVALID, in words that say where. */
export function readChange(form: Form, today: string): PeopleChange | Refusal {
  try {
    return changeOf(form, today);
  } catch (error) {
    if (error instanceof FormFault) return refusal('PEOPLE_CHANGE_INVALID', error.message);
    throw error;
  }
}

class FormFault extends Error {}

function changeOf(form: Form, today: string): PeopleChange {
  const kind = form['change'];
  switch (kind) {
    case 'createUser':
      return {
        kind,
        loginName: text(form, 'loginName', '登录名', LOGIN_NAME, '3–39 位小写字母、数字或 . _ -，以字母开头'),
        name: nameOf(form, 'name', '姓名'),
        certno: certnoOf(form, today),
        subject: optional(form, 'subject', () => text(form, 'subject', '统一身份编号', SUBJECT, '1–200 位可见 ASCII 字符')),
        division: divisionOf(form, 'division', '辖区'),
        role: optional(form, 'role', () => role(form)),
      };
    case 'assignRole': {
      const validFrom = optional(form, 'validFrom', () => date(form, 'validFrom', '起始日期'));
      const validTo = optional(form, 'validTo', () => date(form, 'validTo', '截止日期'));
      if (validTo !== null && validTo <= (validFrom ?? today)) throw new FormFault('截止日期须晚于起始日期。');
      return { kind, userId: userId(form, 'userId'), role: role(form), division: divisionOf(form, 'division', '辖区'), validFrom, validTo };
    }
    case 'revokeRole':
      return { kind, userId: userId(form, 'userId'), role: role(form), division: divisionOf(form, 'division', '辖区') };
    case 'disableUser':
    case 'enableUser':
    case 'resetLogin':
    case 'unlinkAccounts':
      return { kind, userId: userId(form, 'userId') };
    case 'linkAccounts':
      return { kind, userId: userId(form, 'userId'), otherUserId: userId(form, 'otherUserId') };
    case 'changeDivision':
      return {
        kind,
        code: divisionOf(form, 'division', '辖区'),
        name: nameOf(form, 'divisionName', '辖区名称'),
        level: levelOf(form),
        parent: optional(form, 'divisionParent', () => divisionOf(form, 'divisionParent', '上级辖区')),
        validFrom: date(form, 'validFrom', '生效日期'),
      };
    default:
      throw new FormFault('请选择变更种类。');
  }
}

function optional<T>(form: Form, field: string, read: () => T): T | null {
  const value = form[field];
  return value === undefined || value === null || value === '' ? null : read();
}

function text(form: Form, field: string, zh: string, shape: RegExp, expected: string): string {
  const value = form[field];
  if (typeof value !== 'string' || !shape.test(value)) throw new FormFault(`${zh}应为${expected}。`);
  return value;
}

/** Controls, line ends, marks that hide or reorder text; a cell that a spreadsheet would take for a formula. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const FORMULA = /^[=+\-@]/;

function nameOf(form: Form, field: string, zh: string): string {
  const value = form[field];
  const fits = typeof value === 'string' && value.trim() === value && [...value].length >= 1 && [...value].length <= NAME_LENGTH;
  if (!fits || UNSEEN.test(value) || FORMULA.test(value)) {
    throw new FormFault(`${zh}应为 1–${NAME_LENGTH} 字，首尾无空白，不含控制或不可见字符，不以 = + - @ 开头。`);
  }
  return value;
}

function certnoOf(form: Form, today: string): string {
  const check = checkIdNumber(form['certno'] ?? '', today);
  if (!check.ok) throw new FormFault(check.message);
  return String(form['certno']);
}

function userId(form: Form, field: string): string {
  return text(form, field, '人员编号', USER_ID, '1–40 位字母、数字、下划线或短横线');
}

function divisionOf(form: Form, field: string, zh: string): string {
  return text(form, field, zh, DIVISION_CODE, '六位辖区编码');
}

function role(form: Form): RoleKey {
  const value = form['role'];
  if (!isRoleKey(value)) throw new FormFault('请选择岗位。');
  return value;
}

function levelOf(form: Form): DivisionNode['level'] {
  const level = LEVELS.find((each) => each === form['divisionLevel']);
  if (!level) throw new FormFault('请选择辖区层级。');
  return level;
}

function date(form: Form, field: string, zh: string): string {
  const problem = dateProblem(form[field]);
  if (problem) throw new FormFault(`${zh}：${problem.message}`);
  return String(form[field]);
}

/** Why a division may not become so: the parent must stand one level above, and nothing may stand above itself. */
export function divisionProblem(tree: DivisionTree, next: DivisionNode): string | null {
  if (next.level === 'province') return next.parent === null ? null : '省级辖区没有上级。';
  const parent = next.parent === null ? null : tree.find(next.parent);
  if (!parent) return '上级辖区不存在。';
  if (LEVELS.indexOf(parent.level) !== LEVELS.indexOf(next.level) - 1) return '上级辖区须高一层级。';
  if (tree.isWithin(parent.code, next.code)) return '上级辖区不能是它自己或其下级。';
  const wrongChild = tree.childrenOf(next.code).find((child) => LEVELS.indexOf(child.level) !== LEVELS.indexOf(next.level) + 1);
  return wrongChild ? `下级辖区 ${wrongChild.code} 的层级与之不符。` : null;
}
