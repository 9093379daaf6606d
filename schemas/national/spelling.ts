/** How a profile spells a name on the wire. `scope` is our number of the transaction, or `header`. */
import type { Profile } from './profile';

/** The filter of 3201 and 3202 has a switch of its own, since its spelling alone tells provinces apart. */
const REFUND_FILTER = 'REFD_SETL_FLAG';

type Spelling = Pick<Profile, 'fieldNames' | 'nodeNames' | 'refundFlagFilter'>;

/** Name of a field on the wire; `node` is the default name of the node, or of the list, that it stands in. */
export function fieldName(profile: Spelling, scope: string, node: string, field: string): string {
  const own = profile.fieldNames[scope];
  const everywhere = scope === 'header' ? undefined : profile.fieldNames['*'];
  const renamed = own?.[`${node}.${field}`] ?? own?.[field] ?? everywhere?.[`${node}.${field}`] ?? everywhere?.[field];
  return renamed ?? (field === REFUND_FILTER ? profile.refundFlagFilter : field);
}

export function nodeName(profile: Spelling, scope: string, node: string): string {
  return profile.nodeNames[scope]?.[node] ?? profile.nodeNames['*']?.[node] ?? node;
}
