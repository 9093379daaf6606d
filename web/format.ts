import { fen, formatYuanGrouped } from '../domain/money';
import { i18n } from './i18n';

const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
});

/** `2026-11-22 19:40`, China's time. */
export function dateTime(at: number | null | undefined): string {
  return at === null || at === undefined ? '' : TIME.format(at);
}

/** `21,187.43` yuan; empty where there is no amount. */
export function yuan(amountFen: number | null | undefined): string {
  return amountFen === null || amountFen === undefined ? '' : formatYuanGrouped(fen(amountFen));
}

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `12.34%` of a ratio such as `0.1234`; empty where there is none. */
export function percentText(ratio: string | null | undefined): string {
  return ratio === null || ratio === undefined ? '' : PERCENT.format(Number(ratio));
}

const HOUR_MS = 3_600_000;

/** How far a time is from now, in days and hours or minutes, whichever is of use. */
export function spanText(ms: number): string {
  const { t } = i18n.global;
  const size = Math.abs(ms);
  if (size < HOUR_MS) return t('time.minutes', { n: Math.max(1, Math.floor(size / 60_000)) });
  const hours = Math.floor(size / HOUR_MS);
  return hours < 48 ? t('time.hours', { n: hours }) : t('time.days', { n: Math.floor(hours / 24) });
}

export function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.ceil(bytes / 1024))} KB` : `${Math.round(bytes / 104_857.6) / 10} MB`;
}
