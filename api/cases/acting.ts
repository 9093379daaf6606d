import type { EntityManager } from 'typeorm';
import { signerOf } from '../../activities/office-case/signer';
import { checkAct } from '../../domain/office-case/check';
import { deadlineOf, MAKER, type SignStep } from '../../domain/office-case/definition';
import { barredBy, needsFourEyes } from '../../domain/office-case/four-eyes';
import { currentSignStep } from '../../domain/office-case/slots';
import { type ActPayload, CASE_ACTS, type CaseActName, type Slot } from '../../domain/office-case/types';
import { isRefusal } from '../../domain/refusal';
import type { FoundCase } from './find';
import type { Reader } from './reader';

/** A place of a case where a person may act, for whom, and how: by the rules that judge the act itself. */
export interface ActingPlace {
  readonly step: string;
  readonly slot: string | null;
  readonly who: Who;
  readonly acts: readonly CaseActName[];
}

export interface Who {
  readonly userId: string;
  readonly forUserId: string;
}

/** Seats of one step that a person's posts may fit and that are looked at. */
const MOST_PLACES = 50;

/** Where the reader may act on the case now, a signer's places before the maker's. What the judge decides counts. */
export async function placesOf(manager: EntityManager, found: FoundCase, reader: Reader): Promise<readonly ActingPlace[]> {
  const step = currentSignStep(found.definition, found.state);
  const slots = step ? (found.state.slots[step.key] ?? []).filter((slot) => slot.state === 'open') : [];
  const places: ActingPlace[] = [];
  for (const slot of slots) {
    if (!step || places.length >= MOST_PLACES) break;
    const who = whoForSlot(found, reader, step, slot);
    if (who) places.push(await placeOf(manager, found, reader, who, step, slot));
  }
  const maker = whoForMaker(found, reader);
  if (maker) places.push(await placeOf(manager, found, reader, maker, null, null));
  return places.filter(({ acts }) => acts.length > 0);
}

/** In whose right the reader would do an act: his own post before a delegated one. Himself where he has none, to be refused. */
export function whoFor(found: FoundCase, reader: Reader, { step, slot }: Pick<ActPayload, 'step' | 'slot'>): Who {
  const self = { userId: reader.user.userId, forUserId: reader.user.userId };
  if (step === MAKER) return whoForMaker(found, reader) ?? self;
  const current = currentSignStep(found.definition, found.state);
  const slots = found.state.slots[step] ?? [];
  const meant = slots.find((each) => each.slot === slot) ?? (slots.length === 1 ? slots[0] : undefined);
  return (current && meant && whoForSlot(found, reader, current, meant)) ?? self;
}

function whoForSlot({ definition, state }: FoundCase, { user, posts }: Reader, step: SignStep, slot: Slot): Who | null {
  const { userId } = user;
  const fitting = posts.filter((post) => post.role === slot.role && post.division === slot.division);
  const allowed = slot.assigneeId === null || slot.assigneeId === userId ? fitting : fitting.filter((post) => post.forUserId === slot.assigneeId);
  const post = allowed[0] ?? (state.escalatedAt === null ? undefined : posts.find((each) => each.role === deadlineOf(definition, step)?.escalateTo && each.division === slot.division));
  return post ? { userId, forUserId: post.forUserId } : null;
}

function whoForMaker({ definition, state }: FoundCase, { user, posts }: Reader): Who | null {
  const { userId } = user;
  if (state.makerId === userId) return { userId, forUserId: userId };
  const post = posts.find((each) => each.forUserId === state.makerId && each.division === state.division && definition.startRoles.includes(each.role));
  return post ? { userId, forUserId: post.forUserId } : null;
}

async function placeOf(manager: EntityManager, found: FoundCase, reader: Reader, who: Who, step: SignStep | null, slot: Slot | null): Promise<ActingPlace> {
  const place = { step: step?.key ?? MAKER, slot: slot?.slot ?? null, who };
  const signers = new Map<boolean, Awaited<ReturnType<typeof signerOf>>>();
  const acts: CaseActName[] = [];
  for (const act of CASE_ACTS) {
    const trial = trialOf(act, place, found);
    if (checkAct(found.definition, found.state, trial)) continue;
    // Only handing a slot on is open to those to whom an overdue step was escalated.
    const signer = signers.get(act === 'transfer') ?? (await signerOf(manager, found, trial, who, reader.at));
    signers.set(act === 'transfer', signer);
    if (isRefusal(signer) || (needsFourEyes(act) && barredBy(found.definition, found.state, step, place.slot, signer))) continue;
    acts.push(act);
  }
  return { ...place, acts };
}

/** The act as it would be given, complete, so that nothing but the case and the person speaks against it. */
function trialOf(act: CaseActName, { step, slot }: Pick<ActingPlace, 'step' | 'slot'>, { state }: FoundCase): ActPayload {
  const to = act === 'transfer' || act === 'addSigner' || act === 'copy' ? { to: { userId: state.makerId } } : {};
  return { act, step, slot, round: state.round, opinion: '—', ...(act === 'amend' ? { form: {} } : {}), ...to, decision: '' };
}
