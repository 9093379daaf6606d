import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { WatchFindings, WatchSteps } from '../../domain/xr-prepayment/steps';

const { watchPools, watchPayments, watchIssues } = proxyActivities<WatchSteps>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 60 },
});

/**
 * What the Schedule starts each morning: use rates of the pools, payments that nobody confirmed, orders past their date,
 * cities past their terms, issues without an answer. It raises warnings and items; it moves no money.
 */
export async function watchPrepayment(): Promise<WatchFindings> {
  const findings = { ...(await watchPools()), ...(await watchPayments()), ...(await watchIssues()) };
  const { strained, traced, overdueOrders, residuals, lateTerms, lateIssues } = findings;
  setCurrentDetails(`预付金预警 ${strained}，新追查付款 ${traced}，逾期付款单 ${overdueOrders}，收付款与清算不一致 ${residuals}，逾期申报或付款 ${lateTerms}，逾期协同问题 ${lateIssues}`);
  return findings;
}
