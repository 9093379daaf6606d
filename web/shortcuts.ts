import { onBeforeUnmount, onMounted } from 'vue';

/** Single keys for a page. Not while somebody types, with a modifier held, or while a dialog is open. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  function pressed(event: KeyboardEvent): void {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=combobox]')) return;
    if (event.key === 'Enter' && target?.closest('a, button, input')) return;
    if ([...document.querySelectorAll('[role=dialog]')].some((dialog) => dialog.checkVisibility())) return;
    event.preventDefault();
    act();
  }
  onMounted(() => document.addEventListener('keydown', pressed));
  onBeforeUnmount(() => document.removeEventListener('keydown', pressed));
}
