import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router';
import { may, resume, setUpLeft } from './session';
import type { Right } from './types';

declare module 'vue-router' {
  interface RouteMeta {
    /** Reached without a log-in. */
    readonly open?: boolean;
    readonly right?: Right;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', redirect: '/inbox' },
    { path: '/log-in', name: 'logIn', component: () => import('./pages/LogIn.vue'), meta: { open: true } },
    { path: '/inbox', name: 'inbox', component: () => import('./pages/Inbox.vue') },
    { path: '/cases/:caseNo', name: 'case', component: () => import('./pages/CasePage.vue'), props: true },
    { path: '/new/:definition?', name: 'newCase', component: () => import('./pages/NewCase.vue'), props: true },
    { path: '/stays', name: 'stays', component: () => import('./pages/Stays.vue'), meta: { right: 'admission.read' } },
    { path: '/stays/:institution/:iptNo', name: 'stay', component: () => import('./pages/StayPage.vue'), props: true, meta: { right: 'admission.read' } },
    { path: '/clearing', name: 'clearing', component: () => import('./pages/Clearing.vue'), meta: { right: 'case.read' } },
    { path: '/clearing/:batchId', name: 'clearingBatch', component: () => import('./pages/ClearingBatch.vue'), props: true, meta: { right: 'case.read' } },
    { path: '/prepayment', name: 'prepayment', component: () => import('./pages/Prepayment.vue'), meta: { right: 'case.read' } },
    { path: '/prepayment/:city/:fund', name: 'pool', component: () => import('./pages/Pool.vue'), props: true, meta: { right: 'case.read' } },
    { path: '/payments', name: 'payments', component: () => import('./pages/Payments.vue'), meta: { right: 'case.read' } },
    { path: '/payments/transfers/:paymentNo', name: 'payment', component: () => import('./pages/Payment.vue'), props: true, meta: { right: 'case.read' } },
    { path: '/money-trail', name: 'moneyTrail', component: () => import('./pages/MoneyTrailPage.vue'), meta: { right: 'case.read' } },
    { path: '/payments/:orderNo', name: 'paymentOrder', component: () => import('./pages/PaymentOrder.vue'), props: true, meta: { right: 'case.read' } },
    { path: '/batches', name: 'batches', component: () => import('./pages/Batches.vue'), meta: { right: 'case.read' } },
    { path: '/batches/:id', name: 'batch', component: () => import('./pages/Batch.vue'), props: true, meta: { right: 'case.read' } },
    { path: '/contribution', name: 'contribution', component: () => import('./pages/Contribution.vue'), meta: { right: 'case.read' } },
    { path: '/issues', name: 'issues', component: () => import('./pages/Issues.vue'), meta: { right: 'case.read' } },
    { path: '/statistics', name: 'statistics', component: () => import('./pages/Statistics.vue'), meta: { right: 'statistics.read' } },
    { path: '/documents', name: 'documents', component: () => import('./pages/Documents.vue'), meta: { right: 'case.read' } },
    { path: '/ops', name: 'ops', component: () => import('./pages/Ops.vue'), meta: { right: 'ops.read' } },
    { path: '/people/:part?', name: 'people', component: () => import('./pages/People.vue'), props: true },
    { path: '/account', name: 'account', component: () => import('./pages/Account.vue') },
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./pages/Unknown.vue') },
  ],
});

router.beforeEach(async (to) => {
  const known = await resume().catch(() => false);
  if (to.meta.open) return known ? backFrom(to) : true;
  if (!known) return { name: 'logIn', query: { back: to.fullPath } };
  if (setUpLeft.value.length > 0 && to.name !== 'account') return { name: 'account' };
  return to.meta.right === undefined || may(to.meta.right) ? true : { name: 'inbox' };
});

/** Where a log-in leads: a place of this site only. */
export function backFrom(route: RouteLocationNormalized): string {
  const back = route.query['back'];
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/inbox';
}
