import { z } from 'zod';
import type { Field } from '../national/types';
import { codeTables } from '../national/code-tables';
import { transactions, type Infno } from '../national/generated';
import { asciiCode, businessDate, businessTime, decimalText, flag, nameText, plainText } from './text';

/** Members of a form by their national names. */
export type NationalForm = z.ZodObject<Record<string, z.ZodType<string | number | undefined>>, z.core.$strict>;

/**
 * A strict object with the members of one input node of a national transaction, as the national schema describes them.
 * A body so built never drifts from what is sent. `leaveOut` names members that this program fills in itself.
 * Money members are fen, other decimals exact text. Throws Error at load when the transaction has no such node.
 */
export function nationalForm(infno: Infno, node: string, leaveOut: readonly string[]): NationalForm {
  const fields = transactions[infno]?.input[node]?.fields;
  if (!fields) throw new Error(`transaction ${infno} has no input node ${node}`);
  const members = fields.filter((field) => !leaveOut.includes(field.name)).map((field) => [field.name, memberOf(field)]);
  return z.strictObject(Object.fromEntries(members) as Record<string, z.ZodType<string | number | undefined>>);
}

function memberOf(field: Field): z.ZodType {
  const member = typeOf(field).meta({ description: field.condition ? `${field.meaning}（${field.condition}）` : field.meaning });
  return field.required ? member : member.optional();
}

function typeOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'integer':
      return z.number().int().min(0).max(10 ** Math.min(field.precision ?? field.maxLength ?? 9, 9) - 1);
    case 'decimal':
      if (field.money) return z.number().int();
      return decimalText((field.precision ?? 16) - (field.scale ?? 0), Math.max(field.scale ?? 0, 1));
    case 'date':
      return businessDate;
    case 'datetime':
      return businessTime;
    case 'string':
      return textOf(field);
    case 'boolean':
    case 'bytes':
    case 'list':
    case 'object':
      throw new Error(`member ${field.name} of type ${field.type} cannot be part of a form`);
  }
}

function textOf(field: Field): z.ZodType {
  const max = field.maxLength ?? 100;
  if (field.codeTable === 'flag01') return flag;
  const table = field.codeTable === undefined ? undefined : codeTables[field.codeTable];
  if (table && !table.open) return z.enum(Object.keys(table.values) as [string, ...string[]]);
  if (field.codeTable || /_(?:type|code|codg|no|sn|way|flag)$/.test(field.name)) return codeOf(field.name, max);
  return field.name.endsWith('_name') ? nameText(max) : plainText(max);
}

/** Diagnosis and operation codes carry spaces or Chinese brackets nowhere; department codes of a HIS may be Chinese. */
function codeOf(name: string, max: number): z.ZodType {
  return /dept|bed/.test(name) ? plainText(max) : asciiCode(max);
}
