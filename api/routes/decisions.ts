import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../activities/people/audit';
import { actBody } from '../../schemas/api/office-cases';
import { signedDecisionView } from '../../schemas/api/people';
import { operatorOf, prepareAct } from '../cases/act';
import { EXAMPLE_CASE, EXAMPLE_SEEN } from '../examples-office';
import { ACT_ERRORS, BODY_ERRORS, defineRoute, type Route } from '../route';

const sign = defineRoute({
  method: 'post',
  path: '/v1/office-cases/{caseNo}/decision',
  operationId: 'signDecision',
  summary: '只签名，不提交',
  description:
    '得到签名决定与完整的信号内容，供以 temporal workflow signal 提交（npm run sign 即用此）。一个工作日内有效，只用一次；是否有权办理在提交时判定。每次签名都记入审计。',
  tag: '办件',
  access: 'user',
  right: 'case.act',
  body: actBody,
  answers: { 200: { description: '签名决定', schema: signedDecisionView } },
  errors: [...ACT_ERRORS, ...BODY_ERRORS],
  example: { path: EXAMPLE_CASE, body: { act: 'approve', step: 'review', slot: null, round: 1, opinion: '同意', seenHash: EXAMPLE_SEEN } },
  handle: async ({ parts, user, params, body }) => {
    const { workflowId, name, payload } = await prepareAct(parts, user, params['caseNo'] ?? '', body);
    const { userId, sessionId, origin } = user;
    const detail = { act: body.act, step: body.step, round: body.round };
    await parts.store.write((manager) =>
      recordAudit(manager, { event: 'decision.signed', at: parts.people.now(), userId, sessionId, origin, subject: workflowId, detail }),
    );
    return { status: 200, body: { workflowId, signal: name, envelope: { commandId: randomUUID(), payload, operator: operatorOf(user) } } };
  },
});

export const decisionRoutes: readonly Route[] = [sign];
