import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryText } from '../columns';

/** Last serial number that an institution put into a msgid. */
@Entity('msgid_counter')
export class MsgidCounter {
  @PrimaryText(30) institution!: string;
  @IntegerColumn() serial!: number;
}
