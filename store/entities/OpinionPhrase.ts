import { Entity, Index } from 'typeorm';
import { EncryptedTextColumn, EpochMsColumn, GeneratedId, TextColumn } from '../columns';

/** An opinion that a person writes often and has remembered (常用意见); nobody else sees it. */
@Entity('opinion_phrase')
@Index('ix_opinion_phrase_user', ['userId', 'id'])
export class OpinionPhrase {
  @GeneratedId() id!: number;
  @TextColumn(40) userId!: string;
  @EncryptedTextColumn() text!: string;
  @EpochMsColumn() at!: number;
}
