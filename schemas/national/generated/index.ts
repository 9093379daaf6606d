// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction9001 } from './9001';
import { transaction9002 } from './9002';
import { transaction9101 } from './9101';
import { transaction9102 } from './9102';
import { transaction1101 } from './1101';
import { transaction1161 } from './1161';
import { transaction1162 } from './1162';
import { transaction6101 } from './6101';
import { transaction1201 } from './1201';
import { transaction1901 } from './1901';
import { transaction2001 } from './2001';
import { transaction2201 } from './2201';
import { transaction2202 } from './2202';
import { transaction2203A } from './2203A';
import { transaction2204 } from './2204';
import { transaction2205 } from './2205';
import { transaction2206 } from './2206';
import { transaction2207 } from './2207';
import { transaction2206A } from './2206A';
import { transaction2207A } from './2207A';
import { transaction2208 } from './2208';
import { transaction2203 } from './2203';
import { transaction2301 } from './2301';
import { transaction2302 } from './2302';
import { transaction2303 } from './2303';
import { transaction2303A } from './2303A';
import { transaction2304 } from './2304';
import { transaction2304A } from './2304A';
import { transaction2305 } from './2305';
import { transaction2401 } from './2401';
import { transaction2402 } from './2402';
import { transaction2403 } from './2403';
import { transaction2404 } from './2404';
import { transaction2405 } from './2405';
import { transaction2601 } from './2601';
import { transaction2101 } from './2101';
import { transaction2101A } from './2101A';
import { transaction2102 } from './2102';
import { transaction2102A } from './2102A';
import { transaction2103 } from './2103';
import { transaction2501 } from './2501';
import { transaction2501A } from './2501A';
import { transaction2502 } from './2502';
import { transaction2503 } from './2503';
import { transaction2504 } from './2504';
import { transaction2505 } from './2505';
import { transaction2506 } from './2506';
import { transaction3201 } from './3201';
import { transaction3202 } from './3202';
import { transaction3203 } from './3203';
import { transaction3204 } from './3204';
import { transaction3260 } from './3260';
import { transaction3261 } from './3261';
import { transaction3262 } from './3262';
import { transaction6201 } from './6201';
import { transaction6202 } from './6202';
import { transaction6203 } from './6203';
import { transaction6301 } from './6301';
import { transaction6401 } from './6401';
import { transaction5201 } from './5201';
import { transaction5202 } from './5202';
import { transaction5203 } from './5203';
import { transaction5204 } from './5204';
import { transaction5205 } from './5205';
import { transaction5206 } from './5206';
import { transaction5301 } from './5301';
import { transaction5302 } from './5302';
import { transaction5303 } from './5303';
import { transaction5304 } from './5304';
import { transaction5101 } from './5101';
import { transaction5102 } from './5102';
import { transaction4101 } from './4101';
import { transaction4101A } from './4101A';
import { transaction4102 } from './4102';
import { transaction4103 } from './4103';
import { transaction4104 } from './4104';
import { transaction3301 } from './3301';
import { transaction3302 } from './3302';
import { transaction3401 } from './3401';
import { transaction3401A } from './3401A';
import { transaction3402 } from './3402';
import { transaction3403 } from './3403';
import { transaction3501 } from './3501';
import { transaction3502 } from './3502';
import { transaction3503 } from './3503';
import { transaction3504 } from './3504';
import { transaction3505 } from './3505';
import { transaction3506 } from './3506';
import { transaction3507 } from './3507';
import { transaction3508 } from './3508';
import { transaction3509 } from './3509';
import { transaction3510 } from './3510';
import { transaction3511 } from './3511';
import { transaction3512 } from './3512';
import { transaction3513 } from './3513';
import { transaction1301 } from './1301';
import { transaction1302 } from './1302';
import { transaction1303 } from './1303';
import { transaction1305 } from './1305';
import { transaction1306 } from './1306';
import { transaction1307 } from './1307';
import { transaction1308 } from './1308';
import { transaction1309 } from './1309';
import { transaction1310 } from './1310';
import { transaction1311 } from './1311';
import { transaction1313 } from './1313';
import { transaction1314 } from './1314';
import { transaction1315 } from './1315';
import { transaction1304 } from './1304';
import { transaction1312 } from './1312';
import { transaction1316 } from './1316';
import { transaction1317 } from './1317';
import { transaction1318 } from './1318';
import { transaction1319 } from './1319';
import { transaction3101 } from './3101';
import { transaction3102 } from './3102';
import type { Infno } from './types';

export type * from './types';

/** Descriptors by number. */
export const transactions: Readonly<Record<Infno, Transaction>> = {
  '9001': transaction9001,
  '9002': transaction9002,
  '9101': transaction9101,
  '9102': transaction9102,
  '1101': transaction1101,
  '1161': transaction1161,
  '1162': transaction1162,
  '6101': transaction6101,
  '1201': transaction1201,
  '1901': transaction1901,
  '2001': transaction2001,
  '2201': transaction2201,
  '2202': transaction2202,
  '2203A': transaction2203A,
  '2204': transaction2204,
  '2205': transaction2205,
  '2206': transaction2206,
  '2207': transaction2207,
  '2206A': transaction2206A,
  '2207A': transaction2207A,
  '2208': transaction2208,
  '2203': transaction2203,
  '2301': transaction2301,
  '2302': transaction2302,
  '2303': transaction2303,
  '2303A': transaction2303A,
  '2304': transaction2304,
  '2304A': transaction2304A,
  '2305': transaction2305,
  '2401': transaction2401,
  '2402': transaction2402,
  '2403': transaction2403,
  '2404': transaction2404,
  '2405': transaction2405,
  '2601': transaction2601,
  '2101': transaction2101,
  '2101A': transaction2101A,
  '2102': transaction2102,
  '2102A': transaction2102A,
  '2103': transaction2103,
  '2501': transaction2501,
  '2501A': transaction2501A,
  '2502': transaction2502,
  '2503': transaction2503,
  '2504': transaction2504,
  '2505': transaction2505,
  '2506': transaction2506,
  '3201': transaction3201,
  '3202': transaction3202,
  '3203': transaction3203,
  '3204': transaction3204,
  '3260': transaction3260,
  '3261': transaction3261,
  '3262': transaction3262,
  '6201': transaction6201,
  '6202': transaction6202,
  '6203': transaction6203,
  '6301': transaction6301,
  '6401': transaction6401,
  '5201': transaction5201,
  '5202': transaction5202,
  '5203': transaction5203,
  '5204': transaction5204,
  '5205': transaction5205,
  '5206': transaction5206,
  '5301': transaction5301,
  '5302': transaction5302,
  '5303': transaction5303,
  '5304': transaction5304,
  '5101': transaction5101,
  '5102': transaction5102,
  '4101': transaction4101,
  '4101A': transaction4101A,
  '4102': transaction4102,
  '4103': transaction4103,
  '4104': transaction4104,
  '3301': transaction3301,
  '3302': transaction3302,
  '3401': transaction3401,
  '3401A': transaction3401A,
  '3402': transaction3402,
  '3403': transaction3403,
  '3501': transaction3501,
  '3502': transaction3502,
  '3503': transaction3503,
  '3504': transaction3504,
  '3505': transaction3505,
  '3506': transaction3506,
  '3507': transaction3507,
  '3508': transaction3508,
  '3509': transaction3509,
  '3510': transaction3510,
  '3511': transaction3511,
  '3512': transaction3512,
  '3513': transaction3513,
  '1301': transaction1301,
  '1302': transaction1302,
  '1303': transaction1303,
  '1305': transaction1305,
  '1306': transaction1306,
  '1307': transaction1307,
  '1308': transaction1308,
  '1309': transaction1309,
  '1310': transaction1310,
  '1311': transaction1311,
  '1313': transaction1313,
  '1314': transaction1314,
  '1315': transaction1315,
  '1304': transaction1304,
  '1312': transaction1312,
  '1316': transaction1316,
  '1317': transaction1317,
  '1318': transaction1318,
  '1319': transaction1319,
  '3101': transaction3101,
  '3102': transaction3102,
};

export function isInfno(text: string): text is Infno {
  return Object.hasOwn(transactions, text);
}
