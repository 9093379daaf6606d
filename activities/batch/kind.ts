import type { EntityManager } from 'typeorm';
import type { BatchRange, BatchSums, ChunkOutcome } from '../../domain/batch/types';
import type { Refusal } from '../../domain/commands';
import type { RoleKey } from '../../domain/people/role-keys';
import type { EncryptedFiles } from '../../runtime/encrypted-files';
import type { Batch } from '../../store/entities';
import type { Store } from '../../store/open-store';
import type { TaxExchange } from '../tax/exchange';

export interface BatchDeps {
  readonly store: Store;
  /** Epoch ms. */
  readonly now: () => number;
  /** Register files as they were sent; only a process that works them is given them. */
  readonly registerFiles?: EncryptedFiles;
  /** Folders of the exchange with tax; only a process that works its files is given them. */
  readonly tax?: TaxExchange;
}

/** What a run was frozen on. */
export interface Frozen {
  /** Rules with their versions, digests, ranges of numbers: whatever must not change between two chunks. */
  readonly frozen: object;
  /** In the order in which they are worked; none for a run that has nothing to do. */
  readonly ranges: readonly BatchRange[];
}

/** A chunk as its kind is told of it. */
export interface Chunk extends BatchRange {
  /** From 0. */
  readonly no: number;
}

/**
 * A kind of batch (批次种类): what freezes, works and undoes its rows. `read` may be long and touch files; the others do
 * database work only, in one transaction with the receipt of their chunk, and may be tried more than once.
 */
export interface BatchKind<Read = unknown> {
  /** 中文名称. */
  readonly zh: string;
  /** Roles of those who may begin such a batch, in its division. */
  readonly startRoles: readonly RoleKey[];
  /** Definition of the case by which another person confirms what was worked out; null where it takes effect at once. */
  readonly confirmedBy: string | null;
  /** Chunks worked at once. */
  readonly parallel: number;
  /** Refuses parameters before the batch is opened. */
  check?(manager: EntityManager, batch: Pick<Batch, 'division' | 'period' | 'parameters'>, now: number): Promise<Refusal | null>;
  /** Freezes parameters and population. It may run again until its result is committed, and then never. */
  freeze(deps: BatchDeps, batch: Batch, heartbeat: () => void): Promise<Frozen | Refusal>;
  /** What `work` needs of a chunk, outside any transaction. */
  read(deps: BatchDeps, batch: Batch, chunk: Chunk, heartbeat: () => void): Promise<Read>;
  work(manager: EntityManager, batch: Batch, chunk: Chunk, read: Read): Promise<ChunkOutcome>;
  /** Takes back what `work` wrote of a chunk, before it had any effect. */
  discard(manager: EntityManager, batch: Batch, chunk: Chunk): Promise<void>;
  /** The batch takes effect, in the transaction that says so; for what one statement does for all rows. */
  confirm?(manager: EntityManager, batch: Batch, sums: BatchSums): Promise<Refusal | null>;
  /** Takes effect chunk by chunk after the confirmation. */
  post?(manager: EntityManager, batch: Batch, chunk: Chunk): Promise<void>;
  /** Refuses to undo a batch of which something was used since; asked when the undo is submitted and again before it begins. */
  checkUndo?(manager: EntityManager, batch: Batch): Promise<Refusal | null>;
  /** Undoes a chunk that had taken effect. Absent: such a batch is not undone. */
  undo?(manager: EntityManager, batch: Batch, chunk: Chunk): Promise<void>;
  /** Undoes one row by its number (按行撤销); refuses what was used since. */
  undoRow?(manager: EntityManager, batch: Batch, row: string, now: number): Promise<Refusal | null>;
}

export type BatchKinds = Readonly<Record<string, BatchKind>>;
