import type { CommandEnvelope, CommandResult } from '../commands';
import type { BatchPhase, BatchState } from './types';

/** Orders that a batch takes as Update and as Signal; `proceed` only makes it look at its row. */
export const BATCH_COMMANDS = ['proceed', 'pause', 'resume', 'cancel'] as const;
export type BatchCommand = (typeof BATCH_COMMANDS)[number];

/** What is to be done next, as the row of the batch has it. */
export interface BatchWork {
  readonly phase: BatchPhase;
  /** Chinese, for summaries. */
  readonly title: string;
  readonly chunks: number;
  /** Ordinals, from 0, of chunks that the phase has not finished; at most so many that one run works them. */
  readonly open: readonly number[];
  /** How many chunks may be worked at once. */
  readonly parallel: number;
}

export interface BatchLook {
  readonly state: BatchState;
  readonly held: boolean;
  readonly title: string;
  /** Null when nothing is to be done before a person acts. */
  readonly work: BatchWork | null;
  /** For the current details, Chinese. */
  readonly text: string;
}

export interface ChunkInput {
  readonly batchId: string;
  readonly phase: BatchPhase;
  readonly chunk: number;
}

/** The steps of a batch: one activity each. */
export interface BatchSteps {
  /** Freezes the population where that is still to be done, and says what comes next. */
  look(input: { readonly batchId: string }): Promise<BatchLook>;
  /** Carries an order out under the lock of the batch. */
  order(input: { readonly batchId: string; readonly name: BatchCommand; readonly command: CommandEnvelope }): Promise<CommandResult>;
  /** One chunk with its receipt, once; `stopped` when the batch is not to go on. */
  workChunk(input: ChunkInput): Promise<{ readonly stopped: boolean }>;
  /** Ends a phase of which every chunk is done. */
  closePhase(input: { readonly batchId: string; readonly phase: BatchPhase }): Promise<void>;
  /** Holds the batch, because chunks of it could not be worked although it was tried again and again. */
  holdFailed(input: ChunkInput & { readonly reason: string }): Promise<void>;
}
