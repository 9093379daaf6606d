import type { RoundInput } from '../../domain/reconciliation/steps';
import { Admission, type ReconciliationDifference } from '../../store/entities';
import { isLive } from '../national/resolve';
import { ask, askOnce, type ReconcileAttempt } from './context';

/** 5203 and 2305 within one attempt of the activity at most. */
const TRIES = 3;
/** Calls that one 5203 may take; the next one counts on from there. */
const LOOKS = 3;

/**
 * 2305 of a settlement that is not in our books and lives at the centre; its setl_id is known, so 2601 is not the way.
 * Looks by 5203 before each 2305. Null when it is undone, otherwise why not.
 * Throws Error when the platform stays silent, so that Temporal tries again.
 */
export async function undoAtCentre(
  deps: ReconcileAttempt,
  at: RoundInput,
  { setl_id, mdtrt_id, psn_no }: Pick<ReconciliationDifference, 'setl_id' | 'mdtrt_id' | 'psn_no'>,
): Promise<string | null> {
  if (setl_id === null || mdtrt_id === null || psn_no === null) return '结果文件缺少撤销所需的编号';
  const stay = await deps.store.read((manager) => manager.findOneBy(Admission, { institution: at.opened.institution, mdtrt_id }));
  const headers = { psnNo: psn_no, insuplcAdmdvs: stay?.insuplc_admdvs ?? undefined };
  const input = { data: { psn_no, setl_id, mdtrt_id } };
  for (let number = 0; number < TRIES; number += 1) {
    const seen = await ask(deps, at, `5203/${setl_id}`, '5203', input, { ...headers, ordinal: number * LOOKS });
    if (seen.kind === 'settled' && !isLive(seen.output.setlinfo.refd_setl_flag)) return null;
    const undone = await askOnce(deps, at, `2305/${setl_id}`, '2305', input, { ...headers, ordinal: number });
    if (undone.kind === 'settled') return null;
    // The platform's words may name a person; the message log has them.
    if (undone.kind === 'refused') return `2305 被拒绝（${undone.code}），见报文 ${undone.msgid}`;
  }
  throw new Error('2305 多次无应答');
}
