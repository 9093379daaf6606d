import { operations as batch } from '../batch/operations';
import { operations as clearing } from '../clearing';
import { operations as coordination } from '../coordination';
import { operations as disbursement } from '../disbursement';
import { operations as people } from '../people';
import { operations as xrPrepayment } from '../xr-prepayment';
import type { RegisterOperations } from './operations';

/** All register operations (登记操作) by name; each folder of activities that has some exports `operations`. */
export const OPERATIONS: RegisterOperations = merge([people, batch, clearing, coordination, disbursement, xrPrepayment]);

/** Throws Error when two folders claim one name. */
export function merge(parts: readonly RegisterOperations[]): RegisterOperations {
  const all = parts.flatMap((part) => Object.entries(part));
  const twice = all.find(([name], index) => all.findIndex(([other]) => other === name) !== index);
  if (twice) throw new Error(`two register operations are called ${twice[0]}`);
  return Object.fromEntries(all);
}
