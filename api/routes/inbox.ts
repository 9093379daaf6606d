import { inboxPage, inboxQuery } from '../../schemas/api/inbox';
import { noQuery } from '../../schemas/api/queries';
import { readerOf } from '../cases/reader';
import { inboxCounts, inboxRows } from '../inbox/pages';
import { viewItems } from '../inbox/view';
import { defineRoute, type Route } from '../route';

const TAG = '待办';

const list = defineRoute({
  method: 'get',
  path: '/v1/inbox',
  operationId: 'getInbox',
  summary: '待办、已办、我发起的、受托、超期',
  description: '按本人的岗位和辖区，以及他人对本人的委托。待办先来先列，超期按期限，已办和我发起的新的在前；翻页不受新来的影响。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  query: inboxQuery,
  answers: { 200: { description: '一页', schema: inboxPage } },
  errors: ['CURSOR_INVALID'],
  example: { query: { view: 'todo', limit: 20 } },
  handle: async ({ parts, user, query }) =>
    parts.store.read(async (manager) => {
      const reader = await readerOf(manager, user, parts.people.now());
      const { rows, cursor } = await inboxRows(manager, reader, query);
      const items = await viewItems(manager, parts.cases.definitions, rows, reader);
      return { status: 200, body: { items, counts: await inboxCounts(manager, reader), cursor } };
    }),
});

const events = defineRoute({
  method: 'get',
  path: '/v1/inbox/events',
  operationId: 'listenToInbox',
  summary: '待办变化通知',
  description: 'server-sent events：event 为 change 时请重新读取待办，内容不含任何数据。每 15 秒一次心跳；退出或会话到期即结束，至多 10 分钟，届时请重连。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  listens: true,
  query: noQuery,
  answers: { 200: { description: '通知', type: 'text/event-stream' } },
  errors: ['TOO_MANY_REQUESTS'],
  example: {},
  handle: async ({ parts, user, request }) => {
    const { listeners } = parts.cases;
    listeners.requirePlace(user.userId);
    const reader = await parts.store.read((manager) => readerOf(manager, user, parts.people.now()));
    const write = request.method === 'HEAD' ? async (response: { end(): void }) => response.end() : (response: Parameters<typeof listeners.listen>[0]) => listeners.listen(response, reader, parts.stopping);
    return { status: 200, stream: { mediaType: 'text/event-stream; charset=utf-8', write } };
  },
});

export const inboxRoutes: readonly Route[] = [list, events];
