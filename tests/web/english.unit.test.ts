import express, { type Request } from 'express';
import { LANGUAGES, languageOf } from '../../api/language';
import { bodyOf, Problem, problemOfRefusal } from '../../api/problem';
import { OUTCOME_CODES, outcomeOf } from '../../domain/outcomes';
import { outcomesEn } from '../../domain/outcomes-en';
import { refusal } from '../../domain/refusal';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import en from '../../web/locales/en';
import zh from '../../web/locales/zh-CN';

/** Han characters, and the punctuation that goes with them. */
const CHINESE = /[\p{Script=Han}，。：；（）、“”]/u;

/** The texts of a locale by the place where they stand. */
function textsOf(node: unknown, place = ''): [string, string][] {
  if (typeof node === 'string') return [[place, node]];
  return Object.entries(node as object).flatMap(([name, inner]) => textsOf(inner, place === '' ? name : `${place}.${name}`));
}

/** What a text leaves to be filled in. */
const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

function asked(acceptLanguage?: string): Request {
  return Object.assign(Object.create(express.request) as Request, { headers: acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }, url: '/v1/x' });
}

test('every outcome has its English words, and only those there are', () => {
  expect(Object.keys(outcomesEn).sort()).toEqual([...OUTCOME_CODES].sort());
  for (const [code, { title, next }] of Object.entries(outcomesEn)) {
    expect([code, CHINESE.test(title + next), title.trim() !== '', next.endsWith('.'), title.endsWith('.')]).toEqual([code, false, true, true, false]);
  }
});

test('both locales have the same texts, with the same gaps, and the English ones are English', () => {
  const english = new Map(textsOf(en));
  expect([...english.keys()].sort()).toEqual(textsOf(zh).map(([place]) => place).sort());
  for (const [place, text] of textsOf(zh)) expect([place, gaps(english.get(place) ?? '')]).toEqual([place, gaps(text)]);
  expect([...english].filter(([, text]) => CHINESE.test(text))).toEqual([]);
});

test('kinds of cases, their fields and steps have English names', () => {
  const nameless = Object.values(loadCaseDefinitions()).flatMap(({ key, en: name, form, chain }) => [
    ...(CHINESE.test(name) || name === '' ? [key] : []),
    ...form.filter((field) => !field.en || CHINESE.test(field.en)).map((field) => `${key}.${field.name}`),
    ...chain.filter((step) => !step.en || CHINESE.test(step.en)).map((step) => `${key}/${step.key}`),
  ]);
  expect(nameless).toEqual([]);
});

test.each([
  [undefined, 'zh-CN'], ['*', 'zh-CN'], ['en', 'en'], ['en-US,en;q=0.9', 'en'], ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'], ['en;q=0.3, zh;q=0.9', 'zh-CN'], ['fr', 'zh-CN'], ['en;q=0', 'zh-CN'], [';;,=', 'zh-CN'],
])('who asks for %s is answered in %s', (header, language) => {
  expect(languageOf(asked(header))).toBe(language);
  expect(LANGUAGES).toContain(language);
});

test('a refusal is told in the language of the request, and what has no other words is not repeated in Chinese', () => {
  const problem = problemOfRefusal(refusal('FOUR_EYES'));
  expect(bodyOf(problem, asked())).toMatchObject({ title: outcomeOf('FOUR_EYES').title, next: outcomeOf('FOUR_EYES').next, detail: expect.stringContaining('同一人') });
  const told = bodyOf(problem, asked('en'));
  expect(told).toMatchObject({ code: 'FOUR_EYES', status: 403, title: 'One person may not do two steps' });
  expect(CHINESE.test(JSON.stringify(told))).toBe(false);
  expect(bodyOf(new Problem('FORM_INVALID', { detail: '第 3 行' }), asked('en')).detail).toBe('第 3 行');
});
