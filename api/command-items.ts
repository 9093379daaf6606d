import type { RaisedItem } from '../activities/abnormal/items';
import type { Command } from '../store/entities';

/** A command that Temporal does not take; it is tried on. */
export function refusedDelivery(row: Command): RaisedItem {
  return itemOf(row, 'DELIVERY_REFUSED', `业务 ${row.name} 无法交给流程引擎，系统将继续尝试`);
}

/** A command that broke and is not tried again; `message` carries the incident's number. */
export function failedCommand(row: Command, message: string): RaisedItem {
  return itemOf(row, 'COMMAND_FAILED', `业务 ${row.name}：${message}`);
}

function itemOf({ id, institution, process, workflowId }: Command, code: string, title: string): RaisedItem {
  // A command of an office case belongs to a person; what went wrong with it belongs to the case's division.
  const [, , division = institution] = process === 'office-case' ? workflowId.split('/') : [];
  return { institution: division, process, workflowId, code, subject: id, title, at: Date.now() };
}
