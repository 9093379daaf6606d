import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SESSION_SETTINGS, type SessionSettings } from '../domain/people/settings';
import type { ProviderConfig } from './identity-provider';
import { type Institution, InstitutionsError, readInstitutions } from './institutions';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything a process of Anjie reads from its environment. */
export interface Config {
  /** Directory of the embedded database, keys, logs. Absolute. */
  readonly dataDir: string;
  /** `sqlite:<path>` or `mysql://user:pass@host:port/db`. */
  readonly databaseUrl: string;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    /** Days that closed workflows stay readable. */
    readonly retentionDays: number;
  };
  readonly api: { readonly host: string; readonly port: number };
  readonly codec: {
    readonly host: string;
    readonly port: number;
    /** Origins (Temporal UI) that may call the codec server with credentials. */
    readonly uiOrigins: readonly string[];
  };
  readonly national: {
    /** Gateway address of institutions that name none of their own. */
    readonly baseUrl: string | null;
    /** Overrides every time-out of the profiles, ms; null leaves them. */
    readonly timeoutMs: number | null;
    /** Calls of one institution in flight at once, in this process. */
    readonly concurrency: number;
    /** Processes that call the platform: each keeps to its part of the rate that a profile allows. */
    readonly processes: number;
    readonly institutionsPath: string;
    readonly institutions: readonly Institution[];
  };
  /** Exchange with the tax office: by HTTP, by a folder that both reach, or not at all. */
  readonly tax: { readonly url: string | null; readonly folder: string | null };
  readonly keyRingPath: string;
  /** Directory of a site's own profile files, or null. */
  readonly profilesDir: string | null;
  /** Directory of a site's own case definitions, or null. */
  readonly caseDefinitionsDir: string | null;
  readonly tokens: {
    /** Address of the identity provider's keys; null means the development issuer of this data directory. */
    readonly jwksUrl: string | null;
    readonly issuer: string;
    readonly audience: string;
  };
  readonly people: {
    /** Address under which browsers reach the API, without a slash at its end; null on a single machine. */
    readonly publicUrl: string | null;
    /** The site's identity provider; null means that people log in here. */
    readonly provider: ProviderConfig | null;
    readonly session: Pick<SessionSettings, 'failuresBeforeLock' | 'lockMs' | 'idleMs' | 'absoluteMs'>;
  };
  readonly attachments: {
    /** Largest attachment of an office case, bytes. */
    readonly mostBytes: number;
  };
  readonly logLevel: LogLevel;
}

/** Thrown when variables cannot be used; the message has one line for each, naming it and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`配置有误:\n${problems.join('\n')}`);
  }
}

export const DEV_ISSUER = 'anjie-dev';
const MINUTE_MS = 60_000;

/**
 * Reads and checks the configuration. In embedded mode everything has a default under ANJIE_DATA_DIR.
 * @throws ConfigError listing every variable at fault at once; values of secrets are never repeated.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];
  const read = reader(env, problems);
  const dataDir = resolve(read('ANJIE_DATA_DIR', './data', nonEmpty));
  const jwksUrl = read('ANJIE_JWKS_URL', null, httpUrl);
  const publicUrl = read('ANJIE_PUBLIC_URL', null, safeUrl)?.replace(/\/+$/, '') ?? null;
  const config: Config = {
    dataDir,
    databaseUrl: read('ANJIE_DATABASE_URL', `sqlite:${join(dataDir, 'anjie.db')}`, databaseUrl),
    temporal: {
      address: read('ANJIE_TEMPORAL_ADDRESS', '127.0.0.1:7233', hostPort),
      namespace: read('ANJIE_TEMPORAL_NAMESPACE', 'default', namespaceName),
      retentionDays: read('ANJIE_TEMPORAL_RETENTION_DAYS', 3650, integerBetween(1, 36500)),
    },
    api: {
      host: read('ANJIE_API_HOST', '127.0.0.1', nonEmpty),
      port: read('ANJIE_API_PORT', 7300, integerBetween(0, 65535)),
    },
    codec: {
      host: read('ANJIE_CODEC_HOST', '127.0.0.1', nonEmpty),
      port: read('ANJIE_CODEC_PORT', 7301, integerBetween(0, 65535)),
      uiOrigins: read('ANJIE_TEMPORAL_UI_ORIGINS', ['http://127.0.0.1:8233', 'http://localhost:8233'], origins),
    },
    national: {
      baseUrl: read('ANJIE_NATIONAL_URL', null, httpUrl),
      timeoutMs: read('ANJIE_NATIONAL_TIMEOUT_MS', null, integerBetween(100, 600_000)),
      concurrency: read('ANJIE_NATIONAL_CONCURRENCY', 16, integerBetween(1, 1000)),
      processes: read('ANJIE_NATIONAL_PROCESSES', 1, integerBetween(1, 1000)),
      ...readInstitutionList(env, dataDir, problems),
    },
    tax: { url: read('ANJIE_TAX_URL', null, httpUrl), folder: read('ANJIE_TAX_FOLDER', null, directory) },
    keyRingPath: resolve(read('ANJIE_KEY_RING', join(dataDir, 'key-ring.json'), nonEmpty)),
    profilesDir: read('ANJIE_PROFILES_DIR', null, directory),
    caseDefinitionsDir: read('ANJIE_CASE_DEFINITIONS', null, directory),
    tokens: {
      jwksUrl,
      issuer: read('ANJIE_TOKEN_ISSUER', DEV_ISSUER, nonEmpty),
      audience: read('ANJIE_TOKEN_AUDIENCE', 'anjie', nonEmpty),
    },
    people: {
      publicUrl,
      provider: readProvider(env, read, publicUrl, problems),
      session: {
        failuresBeforeLock: read('ANJIE_LOGIN_FAILURES', SESSION_SETTINGS.failuresBeforeLock, integerBetween(3, 20)),
        lockMs: MINUTE_MS * read('ANJIE_LOGIN_LOCK_MINUTES', SESSION_SETTINGS.lockMs / MINUTE_MS, integerBetween(1, 1440)),
        idleMs: MINUTE_MS * read('ANJIE_SESSION_IDLE_MINUTES', SESSION_SETTINGS.idleMs / MINUTE_MS, integerBetween(2, 480)),
        absoluteMs: 60 * MINUTE_MS * read('ANJIE_SESSION_HOURS', SESSION_SETTINGS.absoluteMs / (60 * MINUTE_MS), integerBetween(1, 24)),
      },
    },
    attachments: { mostBytes: read('ANJIE_ATTACHMENT_MAX_BYTES', 20 * 1024 * 1024, integerBetween(1_024, 500_000_000)) },
    logLevel: read('ANJIE_LOG_LEVEL', 'info', logLevel),
  };
  if (jwksUrl !== null && !env['ANJIE_TOKEN_ISSUER']) {
    problems.push('ANJIE_TOKEN_ISSUER: 设置了 ANJIE_JWKS_URL 时须给出令牌签发方 (iss)');
  }
  if (config.tax.url !== null && config.tax.folder !== null) problems.push('ANJIE_TAX_FOLDER: 与 ANJIE_TAX_URL 只能设置其一');
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** A check of one value: returns what it means, or null when the text is not usable; `expected` says what is. */
interface Check<T> {
  readonly expected: string;
  readonly secret?: true;
  parse(text: string): T | null;
}

type Read = <T, D extends T | null>(name: string, fallback: D, check: Check<T>) => T | D;

function reader(env: NodeJS.ProcessEnv, problems: string[]): Read {
  return (name, fallback, check) => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = check.parse(text);
    if (value !== null) return value;
    problems.push(`${name}: 应为${check.expected}${check.secret ? '' : `，现为 ${JSON.stringify(text)}`}`);
    return fallback;
  };
}

function readProvider(env: NodeJS.ProcessEnv, read: Read, publicUrl: string | null, problems: string[]): ProviderConfig | null {
  const issuer = read('ANJIE_OIDC_ISSUER', null, safeUrl);
  if (issuer === null) return null;
  const clientId = read('ANJIE_OIDC_CLIENT_ID', '', nonEmpty);
  if (clientId === '') problems.push('ANJIE_OIDC_CLIENT_ID: 设置了 ANJIE_OIDC_ISSUER 时须给出客户端编号');
  if (publicUrl === null) problems.push('ANJIE_PUBLIC_URL: 设置了 ANJIE_OIDC_ISSUER 时须给出浏览器访问本系统的地址');
  return { issuer, clientId, clientSecret: env['ANJIE_OIDC_CLIENT_SECRET'] || null };
}

function readInstitutionList(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  problems: string[],
): Pick<Config['national'], 'institutionsPath' | 'institutions'> {
  const named = env['ANJIE_INSTITUTIONS'];
  const institutionsPath = resolve(named || join(dataDir, 'institutions.json'));
  // Without the variable the file may be absent: a migration or the codec server needs no institutions.
  if (!named && !existsSync(institutionsPath)) return { institutionsPath, institutions: [] };
  try {
    return { institutionsPath, institutions: readInstitutions(institutionsPath, env) };
  } catch (error) {
    if (!(error instanceof InstitutionsError)) throw error;
    problems.push(`ANJIE_INSTITUTIONS: ${error.message}`);
    return { institutionsPath, institutions: [] };
  }
}

const nonEmpty: Check<string> = { expected: '非空文本', parse: (text) => (text.trim() === '' ? null : text) };

const hostPort: Check<string> = {
  expected: '主机:端口，如 127.0.0.1:7233',
  parse: (text) => (/^[^\s:/]+:\d{1,5}$/.test(text) && Number(text.split(':')[1]) <= 65535 ? text : null),
};

const namespaceName: Check<string> = {
  expected: ' 2–255 个字母、数字、点、下划线或连字符',
  parse: (text) => (/^[A-Za-z0-9._-]{2,255}$/.test(text) ? text : null),
};

const httpUrl: Check<string> = {
  expected: ' http:// 或 https:// 开头的地址',
  parse: (text) => (/^https?:$/.test(protocolOf(text)) ? text.replace(/\/+$/, '') : null),
};

/** Log-in and cookies go over https; plain http only within one machine. */
const safeUrl: Check<string> = {
  expected: ' https:// 开头的地址；仅本机可用 http://',
  parse: (text) => (protocolOf(text) === 'https:' || (protocolOf(text) === 'http:' && isLoopback(text)) ? text : null),
};

const databaseUrl: Check<string> = {
  expected: ' sqlite:<文件路径> 或 mysql://用户:密码@主机:端口/库',
  secret: true,
  parse: (text) => {
    if (/^sqlite:.+/.test(text)) return text;
    if (protocolOf(text) !== 'mysql:') return null;
    const url = new URL(text);
    return url.hostname !== '' && url.pathname.length > 1 ? text : null;
  },
};

const directory: Check<string> = {
  expected: '已存在的目录',
  parse: (text) => (existsSync(text) && statSync(text).isDirectory() ? resolve(text) : null),
};

const origins: Check<readonly string[]> = {
  expected: '以逗号分隔的来源，如 http://127.0.0.1:8233',
  parse: (text) => {
    const list = text.split(',').map((item) => item.trim());
    return list.every((item) => URL.canParse(item) && new URL(item).origin === item) ? list : null;
  },
};

const logLevel: Check<LogLevel> = {
  expected: LOG_LEVELS.join('、'),
  parse: (text) => LOG_LEVELS.find((level) => level === text) ?? null,
};

function integerBetween(lowest: number, highest: number): Check<number> {
  return {
    expected: ` ${lowest}–${highest} 的整数`,
    parse: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return value >= lowest && value <= highest ? value : null;
    },
  };
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function isLoopback(text: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);
}
