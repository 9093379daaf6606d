import { type Fen, parseYuan } from '../domain/money';

/**
 * Reads yuan as a person types it: `1,234.5`, `￥1234.50`, full-width digits. Empty text is null, text that is no amount with
 * at most two decimals is undefined.
 */
export function readYuan(text: string): Fen | null | undefined {
  const plain = text.normalize('NFKC').replace(/[¥￥\s]/g, '');
  if (plain === '') return null;
  if (plain.includes(',') && !/^-?\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(plain)) return undefined;
  try {
    return parseYuan(plain.replaceAll(',', ''));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
