import { randomInt } from 'node:crypto';
import { must } from './refusal';
import { personOf, type Person } from './registers';
import type { Db } from './store';

/** A code on the screen lives so long, ms. */
const CODE_LIFE_MS = 60_000;
const RANDOM_DIGITS = 24;

export interface ShownCode {
  readonly ecQrCode: string;
  /** Epoch ms on the centre's clock. */
  readonly expiresAt: number;
}

/** The patient opens the e-voucher (电子凭证): a fresh code, good for a minute and for one use; null where nobody has this number. */
export function showCode(db: Db, certno: string, now: number): ShownCode | null {
  const person = db.prepare<[string], { psn_no: string }>('SELECT psn_no FROM person WHERE certno = ?').get(certno);
  if (!person) return null;
  const ecQrCode = `9901${Array.from({ length: RANDOM_DIGITS }, () => randomInt(10)).join('')}`;
  const expiresAt = now + CODE_LIFE_MS;
  db.prepare('INSERT INTO qr_code (code, psn_no, expires_at, used) VALUES (?, ?, ?, 0)').run(ecQrCode, person.psn_no, expiresAt);
  return { ecQrCode, expiresAt };
}

/**
 * Whose code this is. A shown code is used up by it; the code that a person was loaded with stands for ever, for trying
 * things out by hand. Throws Refusal for one that ran out, was used, or is nobody's.
 */
export function takeCode(db: Db, code: string, now: number): Person {
  const shown = db
    .prepare<[string], { psn_no: string; expires_at: number; used: number }>('SELECT psn_no, expires_at, used FROM qr_code WHERE code = ?')
    .get(code);
  if (shown) {
    must(shown.used === 0, '[电子凭证]二维码已被使用，请刷新后重新扫码');
    must(shown.expires_at > now, '[电子凭证]二维码已过期，请刷新后重新扫码');
    db.prepare('UPDATE qr_code SET used = 1 WHERE code = ?').run(code);
    return personOf(db, shown.psn_no);
  }
  const standing = db.prepare<[string], { psn_no: string }>('SELECT psn_no FROM person WHERE ec_qr_code = ?').get(code);
  must(standing, '[电子凭证]二维码无效或已过期，请刷新后重新扫码');
  return personOf(db, standing.psn_no);
}
