import { computed, type ComputedRef, ref, type Ref } from 'vue';
import type { Page } from './types';

export interface Paged<T> {
  readonly items: ComputedRef<readonly T[]>;
  readonly loading: Ref<boolean>;
  readonly error: Ref<unknown>;
  readonly hasNext: ComputedRef<boolean>;
  readonly hasPrevious: ComputedRef<boolean>;
  /** Reads from the first page on. */
  restart(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
}

/** A list read page by page; what was asked for last is what is shown, whatever answers first. */
export function usePaged<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Paged<T> {
  const page = ref<Page<T>>({ items: [], nextCursor: null }) as Ref<Page<T>>;
  const cursors = ref<(string | undefined)[]>([undefined]);
  const loading = ref(true);
  const error = ref<unknown>(null);
  let turn = 0;

  async function load(): Promise<void> {
    const own = (turn += 1);
    loading.value = true;
    try {
      const found = await read(cursors.value.at(-1));
      if (own !== turn) return;
      page.value = found;
      error.value = null;
    } catch (reason) {
      if (own === turn) error.value = reason;
    } finally {
      if (own === turn) loading.value = false;
    }
  }

  return {
    items: computed(() => page.value.items),
    loading,
    error,
    hasNext: computed(() => page.value.nextCursor !== null),
    hasPrevious: computed(() => cursors.value.length > 1),
    restart: () => {
      cursors.value = [undefined];
      return load();
    },
    next: () => {
      if (page.value.nextCursor !== null) cursors.value.push(page.value.nextCursor);
      return load();
    },
    previous: () => {
      if (cursors.value.length > 1) cursors.value.pop();
      return load();
    },
  };
}
