import type { Route } from '../route';
import { admissionRoutes } from './admissions';
import { agencyRoutes } from './agencies';
import { attachmentRoutes } from './attachments';
import { batchRoutes } from './batches';
import { clearingRoutes } from './clearing';
import { clearingStatisticsRoutes } from './clearing-statistics';
import { contributionRoutes } from './contribution';
import { decisionRoutes } from './decisions';
import { depositRoutes } from './deposits';
import { documentRoutes } from './documents';
import { feeRoutes } from './fees';
import { inboxRoutes } from './inbox';
import { issueRoutes } from './issues';
import { officeCaseRoutes } from './office-cases';
import { bulkRoutes } from './office-cases-bulk';
import { moneyTrailRoutes } from './money-trail';
import { opsRoutes } from './ops';
import { paymentRoutes } from './payments';
import { peopleRoutes } from './people';
import { delegationRoutes } from './people-delegations';
import { phraseRoutes } from './phrases';
import { prepaymentRoutes } from './prepayment';
import { printedDocumentRoutes } from './printed-documents';
import { reconciliationRoutes } from './reconciliations';
import { recordRoutes } from './records';
import { serviceRoutes } from './service';
import { sessionRoutes } from './session';
import { providerRoutes } from './session-provider';
import { settlementRoutes } from './settlement';
import { sheetRoutes } from './sheet';
import { stayRoutes } from './stays';
import { taxRoutes } from './tax';
import { unmaskRoutes } from './unmask';
import { whyRoutes } from './why';
import { xrSettlementRoutes } from './xr-settlements';

/** Every business and service route, in the order of the reference page. */
const described: readonly Route[] = [
  ...admissionRoutes,
  ...depositRoutes,
  ...feeRoutes,
  ...settlementRoutes,
  ...sheetRoutes,
  ...recordRoutes,
  ...reconciliationRoutes,
  ...inboxRoutes,
  // A fixed address comes before one with a parameter in its place.
  ...bulkRoutes,
  ...officeCaseRoutes,
  ...phraseRoutes,
  ...attachmentRoutes,
  ...whyRoutes,
  ...sessionRoutes,
  ...providerRoutes,
  ...peopleRoutes,
  ...delegationRoutes,
  ...unmaskRoutes,
  ...decisionRoutes,
  ...stayRoutes,
  ...opsRoutes,
  ...batchRoutes,
  ...taxRoutes,
  ...contributionRoutes,
  ...prepaymentRoutes,
  ...paymentRoutes,
  ...moneyTrailRoutes,
  ...agencyRoutes,
  ...issueRoutes,
  ...xrSettlementRoutes,
  ...clearingRoutes,
  ...clearingStatisticsRoutes,
  ...printedDocumentRoutes,
  ...serviceRoutes,
];

/** All routes, the document and reference page of the others included. */
export const routes: readonly Route[] = [...described, ...documentRoutes(described)];
