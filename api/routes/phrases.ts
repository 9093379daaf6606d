import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { MOST_PHRASES, phraseBody, phraseList } from '../../schemas/api/phrases';
import { noQuery } from '../../schemas/api/queries';
import { OfficeUser, OpinionPhrase } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { Problem } from '../problem';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

const TAG = '办件';
const PATH = '/v1/opinion-phrases';
const PHRASE_ID = /^[1-9]\d{0,14}$/;
const ANSWER = { description: '本人的常用意见，先存的在前', schema: phraseList } as const;

const list = defineRoute({
  method: 'get',
  path: PATH,
  operationId: 'listOpinionPhrases',
  summary: '常用意见',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  query: noQuery,
  answers: { 200: ANSWER },
  errors: [],
  handle: async ({ parts, user }) => parts.store.read(async (manager) => ({ status: 200, body: await phrasesOf(manager, user.userId) })),
});

const add = defineRoute({
  method: 'post',
  path: PATH,
  operationId: 'addOpinionPhrase',
  summary: '存为常用意见',
  description: `只有本人看得到，至多 ${MOST_PHRASES} 条；已有同样一条时不再另存。`,
  tag: TAG,
  access: 'user',
  right: 'case.act',
  query: noQuery,
  body: phraseBody,
  answers: { 200: ANSWER },
  errors: ['PHRASES_FULL', ...BODY_ERRORS],
  example: { body: { text: '经与原始单据核对无误，同意。' } },
  handle: async ({ parts, user, body: { text } }) =>
    parts.store.write(async (manager) => {
      const { userId } = user;
      await lockRow(manager, OfficeUser, { id: userId });
      const known = await phrasesOf(manager, userId);
      if (known.items.some((each) => each.text === text)) return { status: 200, body: known };
      if (known.items.length >= MOST_PHRASES) throw new Problem('PHRASES_FULL');
      await manager.insert(OpinionPhrase, { userId, text, at: parts.people.now() });
      return { status: 200, body: await phrasesOf(manager, userId) };
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: `${PATH}/{phraseId}`,
  operationId: 'removeOpinionPhrase',
  summary: '删去常用意见',
  description: '重复删去无害。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  query: noQuery,
  answers: { 200: ANSWER },
  errors: ['PATH_INVALID'],
  example: { path: { phraseId: '1' } },
  handle: async ({ parts, user, params }) => {
    const id = params['phraseId'] ?? '';
    if (!PHRASE_ID.test(id)) throw new Problem('PATH_INVALID', { detail: '编号为正整数' });
    return parts.store.write(async (manager) => {
      await manager.delete(OpinionPhrase, { id: Number(id), userId: user.userId });
      return { status: 200, body: await phrasesOf(manager, user.userId) };
    });
  },
});

async function phrasesOf(manager: EntityManager, userId: string): Promise<z.input<typeof phraseList>> {
  const rows = await manager.find(OpinionPhrase, { where: { userId }, order: { id: 'ASC' } });
  return { items: rows.map(({ id, text, at }) => ({ id: String(id), text, at })) };
}

export const phraseRoutes: readonly Route[] = [list, add, remove];
