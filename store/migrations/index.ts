import type { MigrationInterface } from 'typeorm';
import { Admission0001 } from './0001-admission';
import { People0002 } from './0002-people';
import { OfficeCase0003 } from './0003-office-case';
import { Clearing0004 } from './0004-clearing';
import { XrPrepayment0005 } from './0005-xr-prepayment';
import { Documents0006 } from './0006-documents';
import { Attachments0007 } from './0007-attachments';
import { InstitutionPayments0009 } from './0009-institution-payments';
import { Copies0010 } from './0010-copies';
import { Matching0012 } from './0012-matching';
import { Batch0013 } from './0013-batch';
import { Contribution0014 } from './0014-contribution';
import { Tax0015 } from './0015-tax';

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
  new InstitutionPayments0009(),
  new Copies0010(),
  new Matching0012(),
  new Batch0013(),
  new Contribution0014(),
  new Tax0015(),
];
