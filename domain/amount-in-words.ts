/** Amounts in capital Chinese numerals (人民币大写) for sheets and receipts. */
import type { Fen } from './money';

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['', '拾', '佰', '仟'] as const;
const WAN = 10_000;
const YI = 100_000_000;

/**
 * `643885` fen → `陆仟肆佰叁拾捌元捌角伍分`. 整 follows an amount that ends at 元 or 角; one 零 stands for skipped places
 * between other digits; a negative amount begins with 负. Covers every safe integer of fen (up to 90 万亿元).
 */
export function amountInWords(amount: Fen): string {
  const absolute = Math.abs(amount);
  const yuan = Math.floor(absolute / 100);
  const jiao = Math.floor(absolute / 10) % 10;
  const cents = absolute % 10;
  const whole = yuan === 0 ? '' : `${integerInWords(yuan)}元`;
  return `${amount < 0 ? '负' : ''}${whole}${fractionInWords(whole !== '', jiao, cents)}`;
}

function fractionInWords(afterYuan: boolean, jiao: number, cents: number): string {
  if (jiao === 0 && cents === 0) return afterYuan ? '整' : '零元整';
  if (cents === 0) return `${DIGITS[jiao]}角整`;
  if (jiao === 0) return `${afterYuan ? '零' : ''}${DIGITS[cents]}分`;
  return `${DIGITS[jiao]}角${DIGITS[cents]}分`;
}

function integerInWords(value: number): string {
  if (value >= YI) return joinGroups(value, YI, '亿');
  if (value >= WAN) return joinGroups(value, WAN, '万');
  return groupInWords(value);
}

function joinGroups(value: number, size: number, unit: string): string {
  const high = Math.floor(value / size);
  const low = value % size;
  const gap = low > 0 && low < size / 10 ? '零' : '';
  return `${integerInWords(high)}${unit}${gap}${low > 0 ? integerInWords(low) : ''}`;
}

/** 1 to 9999; no leading 零, one 零 for a gap inside. */
function groupInWords(value: number): string {
  let words = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      gap = words !== '';
      continue;
    }
    words += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return words;
}
