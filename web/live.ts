import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

const SETTLE_MS = 300;
const AGAIN_MS = 5_000;

/**
 * Listens to the inbox's events while a page is shown; several close together count as one. The browser connects again by
 * itself; after an answer that forbids it, it is tried anew a little later.
 * @returns whether the line stands
 */
export function useLive(changed: () => void): Ref<boolean> {
  const connected = ref(false);
  let source: EventSource | undefined;
  let settle: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let lost = false;

  function note(): void {
    clearTimeout(settle);
    settle = setTimeout(changed, SETTLE_MS);
  }

  function listen(): void {
    source = new EventSource('/v1/inbox/events');
    source.onopen = () => {
      connected.value = true;
      // What happened while the line was down is not told again.
      if (lost) note();
      lost = false;
    };
    source.onerror = () => {
      connected.value = false;
      lost = true;
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(listen, AGAIN_MS);
    };
    source.addEventListener('change', note);
  }

  onMounted(listen);
  onBeforeUnmount(() => {
    source?.close();
    clearTimeout(settle);
    clearTimeout(again);
  });
  return connected;
}
