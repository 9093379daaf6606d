import { recordAudit } from '../../activities/people/audit';
import { beginTotp, changePassword, confirmTotp } from '../../activities/people/credentials';
import { giveSecondFactor, logIn, setUpLeft } from '../../activities/people/log-in';
import { csrfOf, endSession } from '../../activities/people/sessions';
import {
  logInAnswer, logInBody, passwordBody, secondFactorBody, sessionClosed, sessionReady, sessionView, totpConfirmBody, totpSetUp,
} from '../../schemas/api/people';
import { noQuery } from '../../schemas/api/queries';
import { OfficeUser } from '../../store/entities';
import { originOf } from '../origin';
import { Problem } from '../problem';
import { BODY_ERRORS, type Call, defineRoute, type Route } from '../route';
import { answerStep, emptyCookie, logInDeps, problemOfPeople, viewSessionUser, whileNotBusy } from '../session-answers';

const TAG = '登录与会话';
const SET_COOKIE = { headers: ['Set-Cookie'] } as const;

const open = defineRoute({
  method: 'post',
  path: '/v1/session',
  operationId: 'logIn',
  summary: '登录：登录名与密码',
  description: '已绑定动态口令的，再用 challenge 提交口令。登录名不存在与密码不符的答复相同；连续 5 次失败锁定 15 分钟，再次锁定时间加倍。',
  tag: TAG,
  access: 'open',
  body: logInBody,
  answers: { 200: { description: '会话，或等待动态口令', schema: logInAnswer, ...SET_COOKIE } },
  errors: ['LOGIN_FAILED', 'LOGIN_LOCKED', 'LOGIN_BY_PROVIDER', 'STORE_UNAVAILABLE', ...BODY_ERRORS],
  example: { body: { login: 'sheng-jingban-1', password: '示例-Passw0rd-2026' } },
  handle: async ({ request, parts, body }) => {
    if (parts.people.provider) throw new Problem('LOGIN_BY_PROVIDER');
    const origin = originOf(request);
    return answerStep(await whileNotBusy(logIn(logInDeps(parts), { ...body, origin })), parts, origin);
  },
});

const secondFactor = defineRoute({
  method: 'post',
  path: '/v1/session/second-factor',
  operationId: 'giveSecondFactor',
  summary: '登录：动态口令',
  tag: TAG,
  access: 'open',
  body: secondFactorBody,
  answers: { 200: { description: '会话', schema: sessionReady, ...SET_COOKIE } },
  errors: ['LOGIN_FAILED', 'LOGIN_LOCKED', 'CHALLENGE_INVALID', 'STORE_UNAVAILABLE', ...BODY_ERRORS],
  example: { body: { challenge: `as_${'A'.repeat(43)}`, code: '123456' } },
  handle: async ({ request, parts, body }) => {
    const origin = originOf(request);
    return answerStep(await giveSecondFactor(logInDeps(parts), { ...body, origin }), parts, origin);
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/session',
  operationId: 'getSession',
  summary: '当前会话：本人、岗位、权限、防伪标记',
  tag: TAG,
  access: 'user',
  duringSetUp: true,
  query: noQuery,
  answers: { 200: { description: '会话', schema: sessionView } },
  errors: [],
  handle: async (call) => {
    const row = await ownRow(call);
    const { people } = call.parts;
    return { status: 200, body: { user: viewSessionUser(call.user, row), csrf: csrfOf(call.session.token), setUp: setUpLeft(row, people.settings) } };
  },
});

const close = defineRoute({
  method: 'delete',
  path: '/v1/session',
  operationId: 'logOut',
  summary: '退出登录',
  tag: TAG,
  access: 'user',
  duringSetUp: true,
  answers: { 200: { description: '已退出', schema: sessionClosed, ...SET_COOKIE } },
  errors: [],
  handle: async ({ parts, user: { userId, sessionId, origin } }) => {
    const at = parts.people.now();
    await parts.store.write(async (manager) => {
      await endSession(manager, sessionId, 'logOut', at);
      await recordAudit(manager, { event: 'session.closed', at, userId, sessionId, origin });
    });
    return { status: 200, headers: { 'Set-Cookie': emptyCookie(parts) }, body: { state: 'closed' } };
  },
});

const password = defineRoute({
  method: 'post',
  path: '/v1/session/password',
  operationId: 'changePassword',
  summary: '修改密码',
  description: '全部会话随即终止，答复中是新的会话。',
  tag: TAG,
  access: 'user',
  duringSetUp: true,
  body: passwordBody,
  answers: { 200: { description: '新会话', schema: sessionReady, ...SET_COOKIE } },
  errors: ['LOGIN_FAILED', 'LOGIN_LOCKED', 'LOGIN_BY_PROVIDER', 'PASSWORD_WEAK', ...BODY_ERRORS],
  example: { body: { oldPassword: '示例-Passw0rd-2026', newPassword: '示例-Passw0rd-2027' } },
  handle: async ({ parts, body, user: { userId, origin } }) => {
    const given = { current: body.oldPassword, next: body.newPassword };
    return answerStep(await whileNotBusy(changePassword(logInDeps(parts), { userId, origin }, given)), parts, origin);
  },
});

const totp = defineRoute({
  method: 'post',
  path: '/v1/session/totp',
  operationId: 'beginTotp',
  summary: '绑定动态口令：取得密钥',
  description: '密钥只显示这一次；用它的口令确认后才生效，此前原有的仍然有效。',
  tag: TAG,
  access: 'user',
  duringSetUp: true,
  answers: { 200: { description: '密钥', schema: totpSetUp } },
  errors: ['USER_NOT_FOUND'],
  handle: async ({ parts, user: { userId, origin } }) => {
    const begun = await beginTotp(logInDeps(parts), { userId, origin });
    if ('code' in begun) throw problemOfPeople(begun);
    return { status: 200, body: { secret: begun.secret, uri: begun.address } };
  },
});

const totpConfirm = defineRoute({
  method: 'post',
  path: '/v1/session/totp/confirm',
  operationId: 'confirmTotp',
  summary: '绑定动态口令：确认',
  description: '全部会话随即终止，答复中是新的会话。',
  tag: TAG,
  access: 'user',
  duringSetUp: true,
  body: totpConfirmBody,
  answers: { 200: { description: '新会话', schema: sessionReady, ...SET_COOKIE } },
  errors: ['LOGIN_FAILED', 'LOGIN_LOCKED', 'TOTP_NOT_BEGUN', ...BODY_ERRORS],
  example: { body: { code: '123456' } },
  handle: async ({ parts, body, user: { userId, origin } }) => {
    const codes = { code: body.code, presentCode: body.presentCode ?? null };
    return answerStep(await confirmTotp(logInDeps(parts), { userId, origin }, codes), parts, origin);
  },
});

function ownRow({ parts, user }: Pick<Call, 'parts' | 'user'>): Promise<OfficeUser> {
  return parts.store.read((manager) => manager.findOneByOrFail(OfficeUser, { id: user.userId }));
}

export const sessionRoutes: readonly Route[] = [open, secondFactor, read, close, password, totp, totpConfirm];
