import { clearingTable } from './clearing-table';
import type { ClearingTableData } from './data';
import type { DocumentBody } from './model';

/** 月度清算表（就医地应收）: what each insured city owes a care city by one fund. */
export function clearingReceivable(data: ClearingTableData): DocumentBody {
  return clearingTable(data, { title: '月度清算表（就医地应收）', cityLabel: '就医地', peerLabel: '参保地', amountLabel: '应收金额' });
}
