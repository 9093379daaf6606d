import type { Infno } from '../../../schemas/national/generated';
import type { Handler } from '../call';
import { declareMonth, withdrawDeclaration } from './clearing';
import { uploadFees, withdrawFees } from './fees';
import { downloadFile, uploadFile } from './files';
import { changeListState, queryList, uploadList } from './lists';
import { checkEntitlement, decodeQrCode, queryPerson } from './persons';
import {
  queryAccumulators,
  queryDiagnoses,
  queryLines,
  queryOpenStays,
  querySettlement,
  queryVisits,
} from './queries';
import { compareDetails, compareTotals } from './reconciliation';
import { signIn, signOut } from './session';
import { preSettle, settle } from './settlement';
import { admit, amendAdmission, cancelAdmission, cancelDischarge, discharge } from './stays';
import { cancelSettlement, reverse } from './undo';
import { analyseBefore, analyseDuring } from './warnings';

/** The transactions that this centre serves, by our number; an A form goes to the handler of its base. */
export const handlers: { readonly [N in Infno]?: Handler<N> } = {
  '9001': signIn,
  '9002': signOut,
  '9101': uploadFile,
  '9102': downloadFile,
  '1101': queryPerson,
  '1162': decodeQrCode,
  '2001': checkEntitlement,
  '2401': admit,
  '2402': discharge,
  '2403': amendAdmission,
  '2404': cancelAdmission,
  '2405': cancelDischarge,
  '2301': uploadFees,
  '2302': withdrawFees,
  '2303': preSettle,
  '2304': settle,
  '2305': cancelSettlement,
  '2601': reverse,
  '3101': analyseBefore,
  '3102': analyseDuring,
  '3201': compareTotals,
  '3202': compareDetails,
  '3203': declareMonth,
  '3204': withdrawDeclaration,
  '4101A': uploadList,
  '4102': changeListState,
  '4103': queryList,
  '5201': queryVisits,
  '5202': queryDiagnoses,
  '5203': querySettlement,
  '5204': queryLines,
  '5206': queryAccumulators,
  '5303': queryOpenStays,
};
