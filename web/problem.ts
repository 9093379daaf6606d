import { ElMessage } from 'element-plus';
import { ApiProblem } from './http';
import { currentLocale, i18n } from './i18n';

/** An error in words for people: what happened and what to do. */
export function problemText(error: unknown): string {
  const { t } = i18n.global;
  if (!(error instanceof ApiProblem)) return t('state.failed');
  const { code, title, detail, next } = error.body;
  if (code === 'NO_ANSWER') return t('state.noAnswer');
  const [colon, stop] = currentLocale() === 'en' ? [': ', '. '] : ['：', '。'];
  const what = detail === undefined || detail.startsWith(title) ? title : `${title}${colon}${detail}`;
  return [what.replace(/[。.]$/, ''), next].filter(Boolean).join(stop);
}

export function tellProblem(error: unknown): void {
  ElMessage({ type: 'error', message: problemText(error), duration: 8_000, showClose: true });
}

export function tellDone(message: string): void {
  ElMessage({ type: 'success', message, duration: 3_000 });
}

/** Faults of single fields, by their path in the form. */
export function fieldFaults(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries((error.body.errors ?? []).map(({ path, message }) => [path.replace(/^form\./, ''), message]));
}
