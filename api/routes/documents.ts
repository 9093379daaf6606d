import { renderDocs } from '../docs';
import { buildOpenApi } from '../openapi';
import { defineRoute, type Route } from '../route';

const TAG = '服务';

/** The OpenAPI document of `described` and the page that is made from it; both are built once. */
export function documentRoutes(described: readonly Route[]): readonly Route[] {
  let document: ReturnType<typeof buildOpenApi> | undefined;
  let page: string | undefined;
  const openApi = defineRoute({
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: '接口描述',
    description: 'OpenAPI 3.1，由接口定义生成。',
    tag: TAG,
    access: 'open',
    answers: { 200: { description: 'OpenAPI 文档' } },
    errors: [],
    handle: async () => ({ status: 200, body: (document ??= buildOpenApi([...described, ...own])) }),
  });
  const docs = defineRoute({
    method: 'get',
    path: '/docs',
    operationId: 'getDocs',
    summary: '接口说明页',
    tag: TAG,
    access: 'open',
    answers: { 200: { description: '说明页', type: 'text/html' } },
    errors: [],
    handle: async () => ({ status: 200, type: 'html', body: (page ??= renderDocs((document ??= buildOpenApi([...described, ...own])))) }),
  });
  const own: readonly Route[] = [openApi, docs];
  return own;
}
