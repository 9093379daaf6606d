import { computed, reactive, readonly } from 'vue';
import { session as routes } from './api';
import { ApiProblem, setCsrf } from './http';
import type { LogIn, Right, Session, SessionUser } from './types';

const state = reactive<{ user: SessionUser | null; setUp: Session['setUp']; asked: boolean }>({ user: null, setUp: [], asked: false });

export const session = readonly(state);
export const user = computed(() => state.user);
/** What must be set up before anything else may be done. */
export const setUpLeft = computed(() => state.setUp);

/** Whether the person holds a right; pages that need one are not offered without it. The API decides by itself. */
export function may(right: Right): boolean {
  return state.user?.rights.includes(right) ?? false;
}

/** Takes over what a log-in answered. Returns false while the second factor is wanted. */
export function enter(answer: LogIn): boolean {
  if (answer.state !== 'ready') return false;
  setCsrf(answer.csrf);
  state.user = answer.user;
  state.setUp = answer.setUp;
  state.asked = true;
  return true;
}

/** Asks once whether the browser still holds a session. Throws ApiProblem when nobody answers. */
export async function resume(): Promise<boolean> {
  if (state.asked) return state.user !== null;
  try {
    const found = await routes.read();
    setCsrf(found.csrf);
    state.user = found.user;
    state.setUp = found.setUp;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.body.status !== 401) throw error;
    state.user = null;
  }
  state.asked = true;
  return state.user !== null;
}

export function forget(): void {
  setCsrf('');
  state.user = null;
  state.asked = true;
}

export async function leave(): Promise<void> {
  await routes.close();
  forget();
}
