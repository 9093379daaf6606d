import { readFileSync } from 'node:fs';

/** An operator (经办人) who may appear in the header of national transactions. */
export interface InstitutionOperator {
  readonly id: string;
  readonly name: string;
  /** opter_type: 1 clerk, 2 self-service terminal, 3 mobile terminal. */
  readonly type: '1' | '2' | '3';
}

/** Where and how an institution reaches its national gateway. */
export interface GatewaySettings {
  /** Base address; null means the one of ANJIE_NATIONAL_URL. */
  readonly url: string | null;
  /** Application id (x-tif-paasid) or institution key (x-ca-key, apikey). */
  readonly paasid: string;
  /** Shared secret of the gateway signature; empty where the profile signs nothing. */
  readonly secret: string;
}

/** A designated institution (定点医药机构) that this installation serves. */
export interface Institution {
  /** fixmedins_code: a letter and eleven digits. */
  readonly fixmedinsCode: string;
  readonly name: string;
  /** Division of the place of care (mdtrtarea_admvs), six digits. */
  readonly admdvs: string;
  /** hosp_lv as the institution is graded: 1, 2 or 3; null for a pharmacy or clinic without a grade. */
  readonly level: '1' | '2' | '3' | null;
  /** Id of the national profile that its centre follows. */
  readonly profile: string;
  readonly gateway: GatewaySettings;
  readonly operators: readonly InstitutionOperator[];
}

/** Thrown when institutions.json cannot be used; the message names the entry and what is expected. */
export class InstitutionsError extends Error {
  override readonly name = 'InstitutionsError';
}

const OPERATOR_TYPES = ['1', '2', '3'] as const;
const LEVELS = ['1', '2', '3'] as const;

/**
 * Reads institutions.json: an array of institutions. A gateway secret is given as `secret` or, better, as `secretEnv`,
 * the name of an environment variable that holds it.
 * @throws InstitutionsError naming the entry and the field.
 */
export function readInstitutions(path: string, env: NodeJS.ProcessEnv): readonly Institution[] {
  const entries = parseArray(path);
  const institutions = entries.map((entry, index) => readInstitution(entry, `${path} 第 ${index + 1} 项`, env));
  const codes = new Set<string>();
  for (const { fixmedinsCode } of institutions) {
    if (codes.has(fixmedinsCode)) throw new InstitutionsError(`${path}: 机构编号 ${fixmedinsCode} 重复`);
    codes.add(fixmedinsCode);
  }
  return institutions;
}

function parseArray(path: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InstitutionsError(`${path}: 无法读取或不是 JSON`, { cause: error });
  }
  if (!Array.isArray(value)) throw new InstitutionsError(`${path}: 应为机构数组`);
  return value;
}

function readInstitution(entry: unknown, where: string, env: NodeJS.ProcessEnv): Institution {
  const fields = asRecord(entry, where);
  const gateway = asRecord(fields['gateway'], `${where} gateway`);
  const level = fields['level'] === undefined || fields['level'] === null ? null : String(fields['level']);
  if (level !== null && !isOneOf(LEVELS, level)) throw new InstitutionsError(`${where} level: 应为 1、2 或 3`);
  return {
    fixmedinsCode: text(fields, 'fixmedins_code', where, /^[A-Z]\d{11}$/, '一位大写字母加十一位数字'),
    name: text(fields, 'name', where, /^.{1,200}$/u, '1–200 个字符'),
    admdvs: text(fields, 'admdvs', where, /^\d{6}$/, '六位数字'),
    level,
    profile: text(fields, 'profile', where, /^[a-z0-9-]{1,40}$/, '小写字母、数字或连字符'),
    gateway: readGateway(gateway, `${where} gateway`, env),
    operators: readOperators(fields['operators'], `${where} operators`),
  };
}

function readGateway(fields: Record<string, unknown>, where: string, env: NodeJS.ProcessEnv): GatewaySettings {
  const url = fields['url'] === undefined ? null : text(fields, 'url', where, /^https?:\/\/[^\s]+$/, 'http(s) 地址');
  const paasid = fields['paasid'] === undefined ? '' : text(fields, 'paasid', where, /^.{0,100}$/, '100 个字符以内');
  if (fields['secretEnv'] === undefined) {
    const secret = fields['secret'] === undefined ? '' : text(fields, 'secret', where, /^.{0,500}$/, '500 个字符以内');
    return { url, paasid, secret };
  }
  const variable = text(fields, 'secretEnv', where, /^[A-Za-z_][A-Za-z0-9_]*$/, '环境变量名');
  const secret = env[variable];
  if (!secret) throw new InstitutionsError(`${where} secretEnv: 环境变量 ${variable} 未设置`);
  return { url, paasid, secret };
}

function readOperators(value: unknown, where: string): readonly InstitutionOperator[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new InstitutionsError(`${where}: 应为数组`);
  return value.map((item, index) => {
    const place = `${where} 第 ${index + 1} 项`;
    const fields = asRecord(item, place);
    const type = text(fields, 'type', place, /^[123]$/, '1、2 或 3');
    if (!isOneOf(OPERATOR_TYPES, type)) throw new InstitutionsError(`${place} type: 应为 1、2 或 3`);
    return {
      id: text(fields, 'id', place, /^.{1,30}$/u, '1–30 个字符'),
      name: text(fields, 'name', place, /^.{1,50}$/u, '1–50 个字符'),
      type,
    };
  });
}

function asRecord(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InstitutionsError(`${where}: 应为对象`);
  }
  return value as Record<string, unknown>;
}

function text(fields: Record<string, unknown>, key: string, where: string, shape: RegExp, expected: string): string {
  const value = fields[key];
  if (typeof value !== 'string' || !shape.test(value)) throw new InstitutionsError(`${where} ${key}: 应为${expected}`);
  return value;
}

function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}
