export { admission } from './admission/admission';
export { reconcile } from './reconcile/reconcile';
export { reconcileNightly, watchReconciliations } from './reconcile/nightly';
export { officeCase } from './office-case/office-case';
export { watchPrepayment } from './xr-prepayment/watch';
export { batch } from './batch/batch';
export { taxExchange } from './tax/exchange';
