import type { MigrationInterface, QueryRunner } from 'typeorm';
import { businessTime, createTable, dialectOf, dropTable, generatedId, integer, longText, nullable, text } from '../tables';

/** Columns of `levy` that say how far its exchange with tax went. */
const LEVY_COLUMNS: readonly (readonly [name: string, length: number | null])[] = [
  ['send_batch', 100], ['sent_file', null], ['accepted', null],
];

/** See note.md beside this file. */
export class Tax0015 implements MigrationInterface {
  readonly name = '0015-tax';

  async up(runner: QueryRunner): Promise<void> {
    const charset = dialectOf(runner) === 'mysql' ? ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : '';
    for (const [column, length] of LEVY_COLUMNS) {
      if (await runner.hasColumn('levy', column)) continue;
      await runner.query(`ALTER TABLE levy ADD COLUMN ${column} ${length === null ? 'bigint' : `varchar(${length})${charset}`} NULL`);
    }
    await createTable(
      runner,
      'tax_file',
      [
        generatedId(),
        text('direction', 3),
        text('division', 6),
        text('item', 2),
        text('line', 2),
        text('poolarea_no', 6),
        text('taxdept_code', 11),
        text('period', 6),
        text('batch_no', 20),
        text('day', 10),
        integer('file_sn'),
        nullable(text('serial_key', 60)),
        text('name', 100),
        nullable(integer('bytes')),
        integer('total'),
        integer('amount_fen'),
        nullable(text('sm3', 64)),
        text('state', 12),
        nullable(text('code', 40)),
        nullable(text('note', 200)),
        nullable(integer('ref_file_id')),
        nullable(text('batch_id', 100)),
        businessTime('made_at'),
        integer('created_at'),
        nullable(integer('sent_at')),
        nullable(integer('answered_at')),
        integer('arrivals'),
      ],
      {
        unique: { uq_tax_file_content: ['sm3'], uq_tax_file_serial: ['serial_key'] },
        indexes: { ix_tax_file_division: ['division', 'id'], ix_tax_file_state: ['direction', 'state'], ix_tax_file_name: ['name'], ix_tax_file_batch: ['batch_no'] },
      },
    );
    await createTable(
      runner,
      'tax_payment',
      [
        text('taxrpt_no', 20),
        text('taxrpt_row', 20),
        text('kind', 2),
        integer('levy_id'),
        integer('file_id'),
        integer('chunk_no'),
        integer('row_no'),
        nullable(integer('origin_file')),
        nullable(text('orig_taxrpt_no', 20)),
        nullable(text('orig_taxrpt_row', 20)),
        nullable(text('dcla_no', 30)),
        integer('amt_fen'),
        integer('inte_fen'),
        integer('latefee_fen'),
        integer('paid_fen'),
        businessTime('clct_time'),
        businessTime('ursn_date'),
        businessTime('intsury_date'),
        text('treasury', 10),
        nullable(integer('entry_id')),
      ],
      {
        primary: ['taxrpt_no', 'taxrpt_row', 'kind'],
        clustered: true,
        indexes: { ix_tax_payment_levy: ['levy_id'], ix_tax_payment_file: ['file_id', 'chunk_no'] },
      },
    );
    await createTable(
      runner,
      'tax_aside',
      [
        generatedId(),
        text('division', 6),
        text('sort', 9),
        text('code', 40),
        text('levy_no', 30),
        nullable(integer('levy_id')),
        text('insutype', 3),
        text('part', 1),
        text('taxrpt_no', 20),
        text('taxrpt_row', 20),
        text('kind', 2),
        integer('paid_fen'),
        nullable(longText('facts')),
        integer('file_id'),
        integer('chunk_no'),
        integer('row_no'),
        nullable(integer('moved_by')),
        nullable(integer('until')),
        nullable(integer('entry_id')),
        integer('created_at'),
      ],
      {
        indexes: {
          ix_tax_aside_division: ['division', 'sort', 'id'],
          ix_tax_aside_receipt: ['taxrpt_no'],
          ix_tax_aside_levy: ['levy_id'],
          ix_tax_aside_file: ['file_id', 'chunk_no'],
        },
      },
    );
    await createTable(
      runner,
      'tax_answer',
      [
        integer('levy_id'),
        integer('file_id'),
        integer('row_no'),
        text('result', 1),
        text('code', 6),
        text('dcla_no', 30),
        text('taxrpt_no', 20),
        businessTime('at'),
      ],
      { primary: ['levy_id', 'file_id'], clustered: true, indexes: { ix_tax_answer_file: ['file_id', 'row_no'] } },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['tax_answer', 'tax_aside', 'tax_payment', 'tax_file']) await dropTable(runner, table);
    for (const [column] of LEVY_COLUMNS) if (await runner.hasColumn('levy', column)) await runner.query(`ALTER TABLE levy DROP COLUMN ${column}`);
  }
}
