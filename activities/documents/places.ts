import { IsNull, type EntityManager } from 'typeorm';
import type { Payee, Place } from '../../domain/documents/data';
import { Agency, type BankAccount } from '../../store/entities';
import { divisionTree } from '../people/divisions';

/** Names of divisions and offices as they are on a day. */
export interface Gazetteer {
  place(code: string): Place;
  /** The agency of a division, by its registered name. */
  office(code: string): Place;
  /** Telephone of an agency, null where none is registered. */
  contact(code: string): string | null;
}

/** Reads the names of divisions and registered agencies at a moment, epoch ms. */
export async function openGazetteer(manager: EntityManager, at: number): Promise<Gazetteer> {
  const tree = await divisionTree(manager, at);
  const agencies = new Map((await manager.findBy(Agency, { replacedAt: IsNull() })).map((agency) => [agency.agencyNo, agency]));
  const place = (code: string): Place => ({ code, name: tree.find(code)?.name ?? code });
  return {
    place,
    office: (code) => ({ code, name: agencies.get(code)?.name ?? `${place(code).name}医疗保障经办机构` }),
    contact: (code) => {
      const agency = agencies.get(code);
      return agency && agency.phone !== '' ? `${agency.name} ${agency.phone}` : null;
    },
  };
}

export function payeeOf({ holder, bankName, accountNo }: BankAccount): Payee {
  return { name: holder, bank: bankName, accountNo };
}
