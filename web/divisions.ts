import { type Ref, ref } from 'vue';
import { people } from './api';
import type { Division } from './types';

const known = ref<readonly Division[]>([]);
let asked: Promise<void> | null = null;

/** The divisions, asked for once; empty until they are there, and where the person may not list them. */
export function useDivisions(): { divisions: Ref<readonly Division[]>; nameOf(code: string | null): string } {
  asked ??= people.divisions().then(
    (found) => void (known.value = found),
    () => void (asked = null),
  );
  return { divisions: known, nameOf: (code) => (code === null ? '' : (known.value.find((each) => each.code === code)?.name ?? code)) };
}

export function divisionLabel({ code, name }: Division): string {
  return `${name} ${code}`;
}

/** Forgets them with the session: another person may see others. */
export function forgetDivisions(): void {
  asked = null;
  known.value = [];
}
