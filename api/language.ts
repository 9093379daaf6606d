import type { Request } from 'express';
import { outcomesEn, type OutcomeWords } from '../domain/outcomes-en';
import { type OutcomeCode, outcomeOf } from '../domain/outcomes';

/** The languages in which problems are told; the first where the request names none of them. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of an answer: what `Accept-Language` prefers of ours (RFC 9110, 12.5.4), Chinese otherwise. */
export function languageOf(request: Pick<Request, 'acceptsLanguages'>): Language {
  const best = request.acceptsLanguages(...LANGUAGES);
  return LANGUAGES.find((each) => each === best) ?? LANGUAGES[0];
}

/** Title and next step of an outcome in a language. */
export function wordsOf(code: OutcomeCode, language: Language): OutcomeWords {
  return language === 'en' ? outcomesEn[code] : outcomeOf(code);
}
