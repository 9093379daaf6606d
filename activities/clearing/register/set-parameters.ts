import type { EntityManager } from 'typeorm';
import { type ClearingParameters, parametersProblem } from '../../../domain/clearing/parameters';
import { isPeriodText, periodOf } from '../../../domain/clearing/period';
import type { Refusal } from '../../../domain/commands';
import { refusal } from '../../../domain/refusal';
import { XrClearingOffice, XrClearingParameters } from '../../../store/entities';
import { insertOnce } from '../../../store/rows';
import type { OperationContext, RegisterOperation } from '../../office-case/operations';
import { lockOffices } from '../office';
import { reassign } from '../reassign';

const NUMBERS = ['cutOffDay', 'reconciledByDay', 'lateLimitMonths', 'claimByDay', 'generateOnDay', 'confirmByDay', 'approveByDay'] as const;
const SWITCHES = ['tacitConfirmation', 'netting', 'countyPreCheck'] as const;

/**
 * Puts a version of the parameters in force (月度清算参数控制) from a window that is not cleared yet, and enters anew what
 * waits for those windows. Versions are added, never changed; going back is a version with the former content.
 */
export const setParameters: RegisterOperation = {
  check: (manager, context) => checkParameters(manager, context),
  run: async ({ store }, context, heartbeat) => {
    const { division: office, caseId, now } = context;
    const fromWindow = periodOf(String(context.form['fromPeriod']));
    const content = contentOf(context);
    const version = await store.write(async (manager) => {
      // Intake holds the same lock, so that each line is entered by the old version or by the new one.
      await lockOffices(manager, [office]);
      const standing = await manager.findOneBy(XrClearingParameters, { caseId });
      if (standing) return standing.version;
      const next = (await manager.countBy(XrClearingParameters, { office })) + 1;
      await insertOnce(manager, XrClearingParameters, { office, version: next, fromWindow, content, caseId, approvedAt: now });
      return next;
    });
    const changed = await reassign(store, office, fromWindow, heartbeat);
    return { result: { version, fromPeriod: context.form['fromPeriod'], reassigned: changed } };
  },
};

function contentOf({ form }: OperationContext): ClearingParameters {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, Number(form[name])])) as Record<(typeof NUMBERS)[number], number>;
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, form[name] === 'yes'])) as Record<(typeof SWITCHES)[number], boolean>;
  const medTypes = String(form['medTypes'] ?? '').split(/[,，、\s]+/).filter((code) => code !== '');
  return { ...numbers, ...switches, medTypes };
}

async function checkParameters(manager: EntityManager, context: OperationContext): Promise<Refusal | null> {
  const fromPeriod = String(context.form['fromPeriod'] ?? '');
  if (!isPeriodText(fromPeriod)) return refusal('CLEARING_PERIOD_INVALID');
  const problem = parametersProblem(contentOf(context));
  if (problem) return refusal('CLEARING_PARAMETERS_INVALID', `${problem}。`);
  const office = await manager.findOneBy(XrClearingOffice, { office: context.division });
  return periodOf(fromPeriod) < (office?.firstOpenWindow ?? 0) ? refusal('CLEARING_PARAMETERS_TOO_LATE') : null;
}
