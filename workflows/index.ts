export { admission } from './admission/admission';
export { reconcile } from './reconcile/reconcile';
export { reconcileNightly, watchReconciliations } from './reconcile/nightly';
