import { z } from 'zod';
import { epochMs, plainText } from './text';

/** Opinions that one person may have remembered (常用意见). */
export const MOST_PHRASES = 20;

const text = z.string();
const phrase = z.object({ id: text, text, at: epochMs }).meta({ id: 'OpinionPhrase' });

export const phraseBody = z.strictObject({ text: plainText(100, '意见') }).meta({ id: 'OpinionPhraseRequest' });
export const phraseList = z.object({ items: z.array(phrase) }).meta({ id: 'OpinionPhrases' });
