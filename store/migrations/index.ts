import type { MigrationInterface } from 'typeorm';
import { Admission0001 } from './0001-admission';

/** A migration with its name, which is its folder's. */
export type Migration = MigrationInterface & { readonly name: string };

/** All migrations in the order in which they run. Never reorder or rename one that was released. */
export const MIGRATIONS: readonly Migration[] = [new Admission0001()];
