import { z } from 'zod';
import { LEVELS } from '../../domain/people/divisions';
import { RIGHTS, ROLE_KEYS } from '../../domain/people/role-keys';
import { pageShape } from './queries';
import { businessDate, epochMs, plainText } from './text';

const text = z.string();
const role = z.enum(ROLE_KEYS).meta({ description: '岗位' });
const right = z.enum(RIGHTS);
const division = z.string().regex(/^[1-9]\d{5}$/, { message: '辖区为六位编码' }).meta({ description: '辖区编码 (admdvs)' });

export const USER_ID = /^[A-Za-z0-9_-]{1,40}$/;
const userId = z.string().regex(USER_ID, { message: '人员编号为 1–40 位字母、数字、下划线或短横线' }).meta({ description: '人员编号' });

/** A secret that a person types: bounded, nothing else is said about it. */
const secret = (meaning: string): z.ZodString => z.string().min(1).max(256).meta({ description: meaning });
const code = z.string().regex(/^\d{6}$/, { message: '动态口令为六位数字' }).meta({ description: '动态口令' });

export const logInBody = z
  .strictObject({ login: z.string().min(1).max(64).meta({ description: '登录名' }), password: secret('密码或激活码') })
  .meta({ id: 'LogInRequest' });
export const secondFactorBody = z.strictObject({ challenge: z.string().regex(/^as_[A-Za-z0-9_-]{43}$/), code }).meta({ id: 'SecondFactorRequest' });
export const passwordBody = z
  .strictObject({ oldPassword: secret('现密码或激活码'), newPassword: secret('新密码，至少 12 位') })
  .meta({ id: 'PasswordRequest' });
export const totpConfirmBody = z
  .strictObject({ code, presentCode: code.optional().meta({ description: '已绑定过的，另须给出现用的动态口令' }) })
  .meta({ id: 'TotpConfirmRequest' });

export const sessionUser = z
  .object({
    userId: text,
    loginName: text,
    name: text,
    assignments: z.array(z.object({ role, division: text })),
    rights: z.array(right),
    totp: z.boolean().meta({ description: '已绑定动态口令' }),
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'SessionUser' });

const ready = z
  .object({
    state: z.literal('ready'),
    user: sessionUser,
    csrf: text.meta({ description: '以 Cookie 写入时放在请求头 X-Anjie-Csrf' }),
    token: text.meta({ description: '供脚本：Authorization: Bearer' }),
    setUp: z.array(z.enum(['password', 'totp'])).meta({ description: '办理业务前还须完成的设置' }),
  })
  .meta({ id: 'SessionReady' });
const secondFactor = z
  .object({ state: z.literal('secondFactor'), challenge: text, expiresAt: epochMs })
  .meta({ id: 'SecondFactorWanted' });

export const sessionReady = ready;
export const logInAnswer = z.union([ready, secondFactor]);
export const sessionView = z.object({ user: sessionUser, csrf: text, setUp: z.array(z.enum(['password', 'totp'])) }).meta({ id: 'Session' });
export const sessionClosed = z.object({ state: z.literal('closed') }).meta({ id: 'SessionClosed' });
export const totpSetUp = z.object({ secret: text, uri: text.meta({ description: '验证器读取的 otpauth 地址' }) }).meta({ id: 'TotpSetUp' });

export const peopleQuery = z.strictObject({
  ...pageShape,
  q: plainText(40).optional().meta({ description: '姓名或登录名的一部分' }),
  role: role.optional(),
  division: division.optional(),
});
export const assignmentsQuery = z.strictObject({ ...pageShape, userId: userId.optional(), role: role.optional(), division: division.optional() });
export const delegationsQuery = z.strictObject({ ...pageShape });
export const auditQuery = z.strictObject({
  ...pageShape,
  userId: userId.optional(),
  event: z.string().regex(/^[a-z.A-Z]{1,40}$/).optional().meta({ description: '事件名' }),
});

function page<T extends z.ZodType>(item: T, id: string): z.ZodObject {
  return z.object({ items: z.array(item), nextCursor: text.nullable() }).meta({ id });
}

export const usersPage = page(
  z
    .object({
      userId: text,
      loginName: text,
      name: text,
      state: z.enum(['active', 'disabled']),
      posts: z.array(z.object({ role, division: text })),
      activation: z.boolean().meta({ description: '可发放激活码' }),
    })
    .meta({ id: 'OfficeUser' }),
  'OfficeUserPage',
);
export const assignmentsPage = page(
  z
    .object({ id: z.number().int(), userId: text, name: text, role, division: text, validFrom: businessDate, validTo: businessDate.nullable(), grantedBy: text })
    .meta({ id: 'Assignment' }),
  'AssignmentPage',
);
const delegationRow = z
  .object({
    id: text,
    fromUser: text,
    fromName: text,
    toUser: text,
    toName: text,
    role: role.nullable(),
    reason: text,
    validFrom: businessDate,
    validTo: businessDate.meta({ description: '最后一天' }),
    revokedAt: epochMs.nullable(),
  })
  .meta({ id: 'Delegation' });
export const delegationView = delegationRow;
export const delegationsPage = page(delegationRow, 'DelegationPage');
export const auditPage = page(
  z
    .object({
      id: z.number().int(),
      at: epochMs,
      userId: text.nullable(),
      name: text.nullable(),
      event: text,
      act: text.meta({ description: '事件的中文名' }),
      subject: text.nullable(),
      division: text.nullable(),
      origin: text,
      detail: text.nullable(),
      intact: z.boolean().meta({ description: 'false：此行被改动过' }),
    })
    .meta({ id: 'AuditRow' }),
  'AuditPage',
);

export const rolesView = z
  .object({
    items: z.array(z.object({ key: role, zh: text, en: text, rights: z.array(right), incompatibleWith: z.array(role) }).meta({ id: 'Role' })),
    rights: z.array(z.object({ key: right, zh: text, en: text, reach: text }).meta({ id: 'RightRule' })),
  })
  .meta({ id: 'Roles' });
export const divisionsView = z
  .object({ items: z.array(z.object({ code: text, name: text, level: z.enum(LEVELS), parent: text.nullable() }).meta({ id: 'Division' })) })
  .meta({ id: 'Divisions' });
export const postsView = z
  .object({
    roles: z.array(role),
    rows: z.array(z.object({ division: text, divisionName: text, names: z.record(text, z.array(text)) })),
  })
  .meta({ id: 'Posts', description: '岗位表：每个辖区每个岗位由谁担任' });

export const delegationBody = z
  .strictObject({
    toUser: userId,
    role: role.optional().meta({ description: '只委托一个岗位；不填为全部' }),
    reason: plainText(200).optional(),
    validFrom: businessDate,
    validTo: businessDate.meta({ description: '最后一天' }),
  })
  .meta({ id: 'DelegationRequest' });

export const activationView = z.object({ code: text.meta({ description: '只显示一次' }), expiresAt: epochMs }).meta({ id: 'Activation' });

export const signedDecisionView = z
  .object({
    workflowId: text,
    signal: text.meta({ description: '信号名' }),
    envelope: z
      .object({ commandId: text, payload: z.record(text, z.unknown()), operator: z.object({ id: text, name: text, type: text }) })
      .meta({ description: '信号内容，payload.decision 为签名决定' }),
  })
  .meta({ id: 'SignedDecision' });

export const unmaskBody = z
  .strictObject({
    subject: z.string().regex(/^(office-case|admission|bank-account)\/[A-Za-z0-9._:/-]{1,180}$/).meta({ description: 'office-case/办件编号、admission/机构/住院号/次，或 bank-account/账户登记号' }),
    field: z.string().regex(/^[A-Za-z_]\w{0,63}(\[\d{1,4}\]\.[A-Za-z_]\w{0,63})?$/).meta({ description: '字段名' }),
    reason: plainText(200, '为何要看').min(4, { message: '理由至少 4 字' }),
  })
  .meta({ id: 'UnmaskRequest' });
export const unmaskView = z.object({ value: text }).meta({ id: 'Unmasked' });
