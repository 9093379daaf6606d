import type { Route } from '../route';
import { admissionRoutes } from './admissions';
import { depositRoutes } from './deposits';
import { documentRoutes } from './documents';
import { feeRoutes } from './fees';
import { reconciliationRoutes } from './reconciliations';
import { recordRoutes } from './records';
import { serviceRoutes } from './service';
import { settlementRoutes } from './settlement';
import { sheetRoutes } from './sheet';

/** Every business and service route, in the order of the reference page. */
const described: readonly Route[] = [
  ...admissionRoutes,
  ...depositRoutes,
  ...feeRoutes,
  ...settlementRoutes,
  ...sheetRoutes,
  ...recordRoutes,
  ...reconciliationRoutes,
  ...serviceRoutes,
];

/** All routes, the document and reference page of the others included. */
export const routes: readonly Route[] = [...described, ...documentRoutes(described)];
