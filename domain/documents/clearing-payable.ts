import { clearingTable } from './clearing-table';
import type { ClearingTableData } from './data';
import type { DocumentBody } from './model';

/** 月度清算表（参保地应付）: what an insured city owes each care city by one fund. */
export function clearingPayable(data: ClearingTableData): DocumentBody {
  return clearingTable(data, { title: '月度清算表（参保地应付）', cityLabel: '参保地', peerLabel: '就医地', amountLabel: '应付金额' });
}
