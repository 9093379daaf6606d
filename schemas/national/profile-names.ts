/** Checks that a profile names only what exists, and that its renames do not make two members one. */
import { codeTables } from './code-tables';
import { isInfno, transactions, type Infno } from './generated';
import { headerFields } from './header-fields';
import type { Profile } from './profile';
import { fieldName, nodeName } from './spelling';
import { isFlatNode, type Field, type Node, type Transaction } from './types';

export interface NameFault {
  /** Path inside the profile, such as `fieldNames.2301.bilg_dr_codg`. */
  readonly field: string;
  /** What is expected, in Chinese. */
  readonly expected: string;
}

/** A node of a transaction, or a list inside a row, by the name that `node.field` uses. */
interface Group {
  readonly node: string;
  readonly fields: readonly Field[];
}

function groupsOf(node: string, fields: readonly Field[]): Group[] {
  return [{ node, fields }, ...fields.flatMap((field) => (field.fields ? groupsOf(field.name, field.fields) : []))];
}

const groupsOfNodes = (nodes: Readonly<Record<string, Node>>): Group[] =>
  Object.entries(nodes).flatMap(([name, node]) => groupsOf(name, node.fields));

const groupsOfTransaction = (transaction: Transaction): Group[] => [...groupsOfNodes(transaction.input), ...groupsOfNodes(transaction.output)];

function hasField(groups: readonly Group[], name: string): boolean {
  return groups.some(({ node, fields }) => fields.some((field) => field.name === name || `${node}.${field.name}` === name));
}

/** Groups that a key of `fieldNames` or `required` speaks of, or undefined for a number that does not exist. */
function scopeGroups(scope: string): readonly Group[] | undefined {
  if (scope === 'header') return [{ node: 'header', fields: headerFields }];
  if (scope === '*') return Object.values(transactions).flatMap(groupsOfTransaction);
  return isInfno(scope) ? groupsOfTransaction(transactions[scope]) : undefined;
}

function fieldFaults(section: 'fieldNames' | 'required', entries: Readonly<Record<string, Readonly<Record<string, unknown>>>>): NameFault[] {
  return Object.entries(entries).flatMap(([scope, names]) => {
    const groups = scopeGroups(scope);
    const allowed = section === 'fieldNames' ? '交易编号、* 或 header' : '交易编号';
    if (!groups || (section === 'required' && scope === '*')) return [{ field: `${section}.${scope}`, expected: `应为${allowed}` }];
    return Object.keys(names)
      .filter((name) => !hasField(groups, name))
      .map((name) => ({ field: `${section}.${scope}.${name}`, expected: `应为${scope === '*' ? '' : ` ${scope} `}已有的字段名，或 节点.字段` }));
  });
}

function nodeFaults(profile: Profile): NameFault[] {
  return Object.entries(profile.nodeNames).flatMap(([scope, names]) => {
    const known = scope === '*' ? Object.values(transactions) : isInfno(scope) ? [transactions[scope]] : undefined;
    if (!known) return [{ field: `nodeNames.${scope}`, expected: '应为交易编号或 *' }];
    return Object.keys(names)
      .filter((name) => isFlatNode(name) || !known.some(({ input, output }) => Object.hasOwn(input, name) || Object.hasOwn(output, name)))
      .map((name) => ({ field: `nodeNames.${scope}.${name}`, expected: '应为该交易已有的节点名' }));
  });
}

function tableFaults(profile: Profile): NameFault[] {
  return (['codeValues', 'localCodes'] as const).flatMap((section) =>
    Object.keys(profile[section])
      .filter((table) => !Object.hasOwn(codeTables, table))
      .map((table) => ({ field: `${section}.${table}`, expected: '应为已有的代码表名' })),
  );
}

/** Two of our codes that become one value could not be told apart in an answer. */
function codeFaults(profile: Profile): NameFault[] {
  return Object.entries(profile.codeValues).flatMap(([table, values]) => {
    const targets = Object.values(values);
    return targets.length === new Set(targets).size ? [] : [{ field: `codeValues.${table}`, expected: '每个取值应对应不同的代码' }];
  });
}

/** Whether one of the two was generated with the fields of the other (`aliasOf` in the source). */
function sharesFields(sent: Infno, ours: Infno): boolean {
  return transactions[sent].input === transactions[ours].input;
}

function formFaults(profile: Profile): NameFault[] {
  return Object.entries(profile.forms).flatMap(([ours, sent]) => {
    if (!isInfno(ours)) return [{ field: `forms.${ours}`, expected: '应为已有的交易编号' }];
    const fits = isInfno(sent) && (sent.startsWith(ours) || sharesFields(sent, ours));
    return fits ? [] : [{ field: `forms.${ours}`, expected: `应为 ${ours} 的另一版，如 ${ours}A` }];
  });
}

function timeoutFaults(profile: Profile): NameFault[] {
  return Object.keys(profile.timeoutsMs)
    .filter((infno) => infno !== 'default' && !isInfno(infno))
    .map((infno) => ({ field: `timeoutsMs.${infno}`, expected: '应为 default 或已有的交易编号' }));
}

function collisions(profile: Profile, scope: string, groups: readonly Group[]): NameFault[] {
  return groups.flatMap(({ node, fields }) => {
    const ours = new Map<string, string>();
    for (const { name } of fields) {
      const theirs = fieldName(profile, scope, node, name);
      const other = ours.get(theirs);
      // Of the two, the one that was renamed is the mistake.
      if (other !== undefined) return [{ field: `fieldNames.${scope}.${theirs === name ? other : name}`, expected: `改名后的 ${theirs} 与同一节点的另一字段重名` }];
      ours.set(theirs, name);
    }
    return [];
  });
}

function extraFaults(profile: Profile): NameFault[] {
  const taken = new Set(['input', ...headerFields.map(({ name }) => fieldName(profile, 'header', 'header', name))]);
  return Object.keys(profile.header.extra)
    .filter((name) => taken.has(name))
    .map((name) => ({ field: `header.extra.${name}`, expected: '与标准报文头成员重名' }));
}

function nodeCollisions(profile: Profile, infno: string, nodes: Readonly<Record<string, Node>>): NameFault[] {
  const names = Object.keys(nodes).map((name) => nodeName(profile, infno, name));
  return names.length === new Set(names).size ? [] : [{ field: `nodeNames.${infno}`, expected: '改名后的节点名不得重复' }];
}

/** All names in a profile that cannot work, in the order of its sections. */
export function findNameFaults(profile: Profile): NameFault[] {
  const faults = [
    ...fieldFaults('fieldNames', profile.fieldNames),
    ...fieldFaults('required', profile.required),
    ...nodeFaults(profile),
    ...tableFaults(profile),
    ...codeFaults(profile),
    ...formFaults(profile),
    ...timeoutFaults(profile),
  ];
  return [
    ...faults,
    ...extraFaults(profile),
    ...collisions(profile, 'header', [{ node: 'header', fields: headerFields }]),
    ...Object.values(transactions).flatMap((each) => [
      ...collisions(profile, each.infno, groupsOfTransaction(each)),
      ...nodeCollisions(profile, each.infno, each.input),
      ...nodeCollisions(profile, each.infno, each.output),
    ]),
  ];
}
