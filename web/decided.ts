import { dateTime } from './format';
import type { ApiProblem } from './http';
import { i18n } from './i18n';
import { problemText } from './problem';

/** Who was first and when, where the API refused a second signature; else the refusal's own words. */
export function decidedText(problem: ApiProblem): string {
  const { by, at } = problem.body['decided'] as { by?: string; at?: number } | undefined ?? {};
  if (problem.code !== 'CASE_ALREADY_DECIDED' || by === undefined) return problemText(problem);
  return i18n.global.t('case.decided', { name: by, at: dateTime(at) });
}
