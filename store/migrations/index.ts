import type { MigrationInterface } from 'typeorm';
import { Admission0001 } from './0001-admission';
import { People0002 } from './0002-people';
import { OfficeCase0003 } from './0003-office-case';
import { Clearing0004 } from './0004-clearing';
import { XrPrepayment0005 } from './0005-xr-prepayment';
import { Documents0006 } from './0006-documents';
import { Attachments0007 } from './0007-attachments';

/** A migration with its name, which is its folder's. */
export type Migration = MigrationInterface & { readonly name: string };

/** All migrations in the order in which they run. Never reorder or rename one that was released. */
export const MIGRATIONS: readonly Migration[] = [
  new Admission0001(),
  new People0002(),
  new OfficeCase0003(),
  new Clearing0004(),
  new XrPrepayment0005(),
  new Documents0006(),
  new Attachments0007(),
];
