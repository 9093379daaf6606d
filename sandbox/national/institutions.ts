import { GatewayError } from './refusal';
import type { Db } from './store';

/** A designated institution (定点医药机构) as the centre knows it. */
export interface Institution {
  readonly fixmedins_code: string;
  readonly fixmedins_name: string;
  /** Division of the place of care, six digits. */
  readonly admdvs: string;
  /** Grade that deductible, ratio and price caps depend on: 1, 2 or 3. */
  readonly level: '1' | '2' | '3';
  /** Application id of the gateway signature (x-tif-paasid, x-ca-key, apikey). */
  readonly paasid: string;
  readonly secret: string;
  /** clr_way: 1 by item, 30 DIP, 40 DRG. */
  readonly clr_way: string;
  /** Fee of one stay, fen, above which the institution bears the patient's part itself (DRG 控费); null for no ceiling. */
  readonly drgCeilingFen: number | null;
}

/** Throws GatewayError when no such institution is registered. */
export function institutionOf(view: Db, code: string): Institution {
  const row = view
    .prepare<[string], { fixmedins_name: string; admdvs: string; detail: string }>(
      'SELECT fixmedins_name, admdvs, detail FROM institution WHERE fixmedins_code = ?',
    )
    .get(code);
  if (!row) throw new GatewayError('未授权：定点医药机构未开通接口');
  const detail = JSON.parse(row.detail) as Omit<Institution, 'fixmedins_code' | 'fixmedins_name' | 'admdvs'>;
  return { fixmedins_code: code, fixmedins_name: row.fixmedins_name, admdvs: row.admdvs, ...detail };
}
