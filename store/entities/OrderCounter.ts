import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryInteger, PrimaryText } from '../columns';

/** Last number given to orders, or payments, of a payer in a year; without gaps. */
@Entity('order_counter')
export class OrderCounter {
  @PrimaryText(6) payer!: string;
  @PrimaryText(2) letters!: string;
  @PrimaryInteger() year!: number;
  @IntegerColumn() lastNo!: number;
}
