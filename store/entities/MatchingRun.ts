import { Entity, Index, Unique } from 'typeorm';
import { BusinessTimeColumn, EpochMsColumn, GeneratedId, IntegerColumn, JsonColumn, TextColumn } from '../columns';

/** What a side of a run was given. */
export interface MatchingInput {
  readonly side: string;
  readonly name: string;
  /** SHA-256 of the file's bytes or of the table's rows. */
  readonly digest: string;
  readonly bytes: number | null;
  readonly rows: number;
}

/** One version of a reconciliation of a day: its frozen inputs and how it ended. A closed one is never changed. */
@Entity('matching_run')
@Unique('uq_matching_run_version', ['reconciliation', 'place', 'day', 'version'])
@Index('ix_matching_run_day', ['place', 'day'])
export class MatchingRun {
  @GeneratedId() id!: number;
  @TextColumn(40) reconciliation!: string;
  /** Region or institution that the run is for. */
  @TextColumn(40) place!: string;
  @BusinessTimeColumn() day!: string;
  @IntegerColumn() version!: number;
  @IntegerColumn() declarationVersion!: number;
  /** `running` until all differences are written; `abandoned` when other inputs came before that. */
  @TextColumn(10) state!: 'running' | 'closed' | 'abandoned';
  @JsonColumn() inputs!: { readonly sides: readonly MatchingInput[] };
  /** SHA-256 of the declaration and of all inputs: the same one is the same answer. */
  @TextColumn(64) inputsDigest!: string;
  @IntegerColumn() groupCount!: number;
  @IntegerColumn() differingGroups!: number;
  /** Differences found, and those that vanished. */
  @IntegerColumn() findings!: number;
  @IntegerColumn() vanished!: number;
  /** The version before it, of which the inputs were other ones. */
  @IntegerColumn({ nullable: true }) replaces!: number | null;
  @EpochMsColumn() startedAt!: number;
  @EpochMsColumn({ nullable: true }) closedAt!: number | null;
}
