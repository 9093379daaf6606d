/** Reads province profiles: the ones that ship, and a site's own `*.json` beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import defaultProfile from './profiles/default.json';
import riversideProfile from './profiles/riverside.json';
import type { Profile, Profiles } from './profile';
import { findNameFaults } from './profile-names';
import { profileSchema } from './profile-schema';

/** Thrown for a profile that cannot be used; the message names file, field and what is expected, in Chinese. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';

  constructor(
    readonly file: string,
    /** Path inside the profile, or empty for the file as a whole. */
    readonly field: string,
    readonly expected: string,
  ) {
    super(`省级差异配置 ${file}${field === '' ? '' : ` 的「${field}」`}：${expected}`);
  }
}

type Data = Readonly<Record<string, unknown>>;
interface ProfileFile {
  readonly file: string;
  readonly id: string;
  readonly data: Data;
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a profile leaves out comes from the one it extends; lists are replaced as a whole. */
function merge(base: Data, own: Data): Data {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(own)) {
    const under = base[name];
    merged[name] = isData(under) && isData(value) ? merge(under, value) : value;
  }
  return merged;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
  record: '对象',
};

type Issue = NonNullable<ReturnType<typeof profileSchema.safeParse>['error']>['issues'][number];

function expectationOf(issue: Issue): { field: string; expected: string } {
  const field = issue.path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return { field: [...issue.path, issue.keys[0]].join('.'), expected: '没有这个配置项，请核对拼写' };
    case 'invalid_value':
      return { field, expected: `应为 ${issue.values.map(String).join('、')} 之一` };
    case 'invalid_type':
      return { field, expected: `应为${KIND_NAMES[issue.expected] ?? issue.expected}` };
    case 'too_small':
      return { field, expected: issue.origin === 'string' || issue.origin === 'array' ? '不能为空' : `应不小于 ${String(issue.minimum)}` };
    case 'too_big':
      return { field, expected: issue.origin === 'string' ? `应不超过 ${String(issue.maximum)} 个字符` : `应不大于 ${String(issue.maximum)}` };
    case 'invalid_format':
      return { field, expected: field === 'id' ? '应为小写字母、数字和短横线，以字母开头' : '应为以 / 开头的地址' };
    default:
      return { field, expected: '不正确' };
  }
}

function checkProfile(file: string, data: Data): Profile {
  const parsed = profileSchema.safeParse(data);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const { field, expected } = first ? expectationOf(first) : { field: '', expected: '不正确' };
    throw new ProfileError(file, field, expected);
  }
  const [fault] = findNameFaults(parsed.data);
  if (fault) throw new ProfileError(file, fault.field, fault.expected);
  return parsed.data;
}

function readSiteFile(path: string): ProfileFile {
  const id = basename(path, '.json');
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ProfileError(path, '', error instanceof SyntaxError ? `应为合法的 JSON（${error.message}）` : '无法读取');
  }
  if (!isData(data)) throw new ProfileError(path, '', '应为一个 JSON 对象');
  if (data.id !== undefined && data.id !== id) throw new ProfileError(path, 'id', `应与文件名一致（${id}）`);
  return { file: path, id, data: { ...data, id } };
}

function readSiteDirectory(directory: string): ProfileFile[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    throw new ProfileError(directory, '', '目录不存在或无法读取（ANJIE_PROFILES_DIR）');
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readSiteFile(join(directory, name)));
}

/** A profile's own data over that of the one it extends, and so on. */
function resolve(files: ReadonlyMap<string, ProfileFile>, from: ProfileFile, path: readonly string[] = []): Data {
  if (path.includes(from.id)) throw new ProfileError(from.file, 'extends', `不能循环引用（${[...path, from.id].join(' → ')}）`);
  const { extends: base, ...own } = from.data;
  if (from.id === 'default') return own;
  const parent = files.get(base === undefined ? 'default' : String(base));
  if (!parent) throw new ProfileError(from.file, 'extends', `应为已有配置之一：${[...files.keys()].join('、')}`);
  return merge(resolve(files, parent, [...path, from.id]), own);
}

/**
 * All profiles by id: `default`, `riverside`, and one per `*.json` in the site's directory. A site's file says only what
 * differs from the profile that it `extends` (`default` unless it says otherwise).
 * Throws ProfileError naming file, field and what is expected.
 */
export function loadProfiles(siteDirectory?: string): Profiles {
  const files = new Map<string, ProfileFile>();
  for (const data of [defaultProfile, riversideProfile]) files.set(data.id, { file: `${data.id}.json`, id: data.id, data });
  for (const file of siteDirectory ? readSiteDirectory(siteDirectory) : []) {
    if (files.has(file.id)) throw new ProfileError(file.file, 'id', `${file.id} 是随产品发布的配置，请换一个文件名`);
    files.set(file.id, file);
  }
  return Object.fromEntries([...files.values()].map((file) => [file.id, checkProfile(file.file, resolve(files, file))]));
}

/** One profile by id. Throws ProfileError naming those that exist. */
export function findProfile(profiles: Profiles, id: string): Profile {
  const profile = Object.hasOwn(profiles, id) ? profiles[id] : undefined;
  if (!profile) throw new ProfileError(id, '', `没有这个配置，现有：${Object.keys(profiles).join('、')}`);
  return profile;
}
