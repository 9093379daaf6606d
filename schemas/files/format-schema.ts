/** What a format file must look like; `load-formats.ts` checks what a shape cannot say. */
import { z } from 'zod';
import type { FileFormat } from './format';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/);
const layout = z.array(
  z.strictObject({
    name,
    from: z.int().min(1).max(65_535),
    bytes: z.int().min(1).max(65_535),
    type: z.enum(['X', '9', 'A', 'D']),
    meaning: z.string().min(1).max(80),
    required: z.boolean().optional(),
  }),
);
const order = z.array(name).min(1).optional();
const kinds = <T extends z.ZodType>(of: T) =>
  z.strictObject({ header: of, trailer: of, levy: of, payment: of, receipt: of, total: of, unit: of, person: of, statement: of });

export const formatSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  name: z.string().min(1).max(50),
  form: z.enum(['fixed', 'delimited', 'dbf']),
  charset: z.enum(['GB18030', 'UTF-8']),
  lineEnd: z.enum(['CRLF', 'LF']),
  recordBytes: z.int().min(40).max(65_535),
  control: z.enum(['inside', 'beside']),
  delimiter: z.string().regex(/^[,;|\t^]$/).default(','),
  columnNames: z.boolean().default(false),
  amounts: z.enum(['fen', 'yuan']),
  rareCharacters: z.enum(['allow', 'reject', 'substitute']),
  substitutes: z.record(z.string().min(1).max(2), z.string().regex(/^[\x20-\x7e]{1,20}$/)),
  versions: z.tuple([z.string().regex(/^[\d.]{1,4}$/)], z.string().regex(/^[\d.]{1,4}$/)),
  extension: z.string().regex(/^[a-z]{1,5}$/),
  transport: z.enum(['plain', 'sealed']),
  rename: z.record(name, z.string().min(1).max(40)),
  order: kinds(order),
  values: z.record(name, z.record(z.string(), z.string())),
  records: kinds(layout),
}) satisfies z.ZodType<FileFormat>;
