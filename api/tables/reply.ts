import type { EntityManager } from 'typeorm';
import { divisionTree } from '../../activities/people/divisions';
import type { Call, Reply } from '../route';
import { csvReply } from './csv';
import type { Table, TableHead } from './table';
import { xlsxReply } from './xlsx';

/**
 * A table as file: CSV, streamed, or an Excel workbook.
 * Throws Problem EXPORT_TOO_LARGE for more rows than a workbook takes here.
 */
export function tableReply(format: 'csv' | 'xlsx', fileName: string, head: TableHead, table: Table): Promise<Reply> {
  return format === 'csv' ? Promise.resolve(csvReply(fileName, table)) : xlsxReply(fileName, head, table);
}

/** The head of a table for whoever asks; `divisions` are those whose rows it holds. */
export async function tableHead(manager: EntityManager, { parts, user }: Pick<Call, 'parts' | 'user'>, given: Pick<TableHead, 'title' | 'period'> & { readonly divisions: readonly string[] }): Promise<TableHead> {
  const at = parts.people.now();
  const tree = await divisionTree(manager, at);
  const nameOf = (division: string): string => tree.find(division)?.name ?? division;
  const { title, period, divisions } = given;
  return { title, period, division: divisions.map(nameOf).join('、'), at, by: user.name, nameOf };
}
