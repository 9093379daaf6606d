import { OPERATIONS } from '../../activities/office-case/registry';
import type { RegisterOperations } from '../../activities/office-case/operations';
import { operationOf, EFFECT, type CaseDefinition } from '../../domain/office-case/definition';
import { isFinal } from '../../domain/office-case/state';
import type { CaseState } from '../../domain/office-case/types';
import { openSlots } from '../../domain/office-case/why';
import type { RoleKey } from '../../domain/people/role-keys';
import { counting } from './office-definitions';
import { addPeople, CITIES, PROVINCE } from './office-people';
import { openOfficeRig } from './office-rig';

/**
 * Runs one case of a definition on real parts, from the draft to its end: each slot is signed by a person of its own, in
 * the slot's role and division. `real` uses the program's register operations; otherwise each operation only succeeds.
 * Throws Error when an act is refused.
 */
export async function walkThrough(definition: CaseDefinition, form: Record<string, unknown>, real = false): Promise<CaseState> {
  const rig = await openOfficeRig({ people: [], operations: real ? OPERATIONS : succeeding(definition) });
  try {
    const division = definition.startLevel.includes('province') ? PROVINCE : CITIES[0];
    const [role = 'maker'] = definition.startRoles;
    await addPeople(rig.store, [{ id: 'the-maker', role: role as RoleKey, division }]);
    const id = await rig.open(definition, 'the-maker', division, form);
    const act = async (userId: string, name: 'submit' | 'approve', slot: string | null): Promise<void> => {
      const result = await rig.act(id, userId, name, { slot });
      if (result.status === 'refused') throw new Error(`${name} by ${userId}: ${result.refusal.code} ${result.refusal.message}`);
    };
    await act('the-maker', 'submit', null);
    for (;;) {
      const state = await rig.until(id, (each) => isFinal(each.status) || openSlots(each).length > 0);
      const [slot] = openSlots(state);
      if (!slot) return state;
      const signer = `signer-${state.step}-${slot.slot}-${state.round}`;
      await addPeople(rig.store, [{ id: signer, role: slot.role as RoleKey, division: slot.division }]);
      await act(signer, 'approve', slot.slot);
    }
  } finally {
    await rig.close();
  }
}

function succeeding(definition: CaseDefinition): RegisterOperations {
  const names = [...definition.chain.map((step) => operationOf(definition, step.key)), operationOf(definition, EFFECT)];
  return Object.fromEntries(names.filter((name) => name !== null).map((name) => [name, counting().operation]));
}
