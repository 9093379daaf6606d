import { createI18n } from 'vue-i18n';
import en from './locales/en';
import zh from './locales/zh-CN';

export type Locale = 'zh-CN' | 'en';

const STORED = 'anjie-locale';

export const i18n = createI18n({
  legacy: false,
  locale: localStorage.getItem(STORED) === 'en' ? 'en' : 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh, en },
});

export function currentLocale(): Locale {
  return i18n.global.locale.value as Locale;
}

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale;
  localStorage.setItem(STORED, locale);
  document.documentElement.lang = locale;
}

/** A name in the language of the page, where data brings both. */
export function named(thing: { readonly zh: string; readonly en?: string | undefined }): string {
  return currentLocale() === 'en' && thing.en ? thing.en : thing.zh;
}
