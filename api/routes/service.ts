import { registry } from '../../runtime/metrics';
import { readiness } from '../../schemas/api/answers';
import { defineRoute, type Route } from '../route';
import { readBookMetrics } from '../book-metrics';
import type { ApiParts } from '../parts';

const TAG = '服务';
const CHECK_MS = 2_000;

const health = defineRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  summary: '进程存活',
  tag: TAG,
  access: 'open',
  answers: { 200: { description: '存活', type: 'text/plain' } },
  errors: [],
  handle: async () => ({ status: 200, type: 'text', body: 'ok' }),
});

const ready = defineRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  summary: '可否接业务',
  description: '数据库、流程引擎与补投是否正常；有一项不正常时为 503。',
  tag: TAG,
  access: 'open',
  answers: { 200: { description: '可以', schema: readiness }, 503: { description: '不可以', schema: readiness } },
  errors: [],
  handle: async ({ parts }) => {
    const [database, temporal] = await Promise.all([databaseAnswers(parts), temporalAnswers(parts)]);
    const sweeper = parts.sweeper.isHealthy();
    const isReady = database && temporal && sweeper && !parts.stopping.aborted;
    return { status: isReady ? 200 : 503, body: { ready: isReady, database, temporal, sweeper } };
  },
});

async function databaseAnswers({ store, logger }: ApiParts): Promise<boolean> {
  const answer = store.read(async (manager) => Boolean(await manager.query('SELECT 1')));
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, CHECK_MS, false).unref());
  return Promise.race([answer, late]).catch((error: unknown) => {
    logger.warn({ err: error }, '数据库不可用');
    return false;
  });
}

async function temporalAnswers({ temporal, logger }: ApiParts): Promise<boolean> {
  try {
    await temporal.withDeadline(Date.now() + CHECK_MS, () => temporal.workflowService.getSystemInfo({}));
    return true;
  } catch (error) {
    logger.warn({ err: error }, '流程引擎不可用');
    return false;
  }
}

const metrics = defineRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  summary: '运行指标',
  description: 'Prometheus 文本；不含个人信息。',
  tag: TAG,
  access: 'open',
  answers: { 200: { description: '指标', type: 'text/plain' } },
  errors: ['STORE_UNAVAILABLE'],
  handle: async ({ parts }) => {
    await readBookMetrics(parts);
    return { status: 200, type: 'text', body: await registry.metrics() };
  },
});

export const serviceRoutes: readonly Route[] = [health, ready, metrics];
