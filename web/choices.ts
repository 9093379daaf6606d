import { FUND_KEYS, FUNDS, isFund } from '../domain/clearing/funds';
import { named } from './i18n';

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export function fundChoices(): readonly Choice[] {
  return FUND_KEYS.map((value) => ({ value, text: named(FUNDS[value]) }));
}

export function fundName(fund: string): string {
  return isFund(fund) ? named(FUNDS[fund]) : fund;
}
