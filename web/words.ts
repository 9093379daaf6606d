import { i18n } from './i18n';

/** The text of a key that the API answers, in the language of the page; `otherwise` where there is none. */
export function wordOf(group: string, key: string, otherwise = key): string {
  const { t, te } = i18n.global;
  return te(`${group}.${key}`) ? t(`${group}.${key}`) : otherwise;
}
