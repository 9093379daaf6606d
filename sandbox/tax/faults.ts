import { z } from 'zod';
import { countedShape, FaultPlan } from '../kit/fault-plan';

/** Faults of the line, met at a call. */
const LINE_KINDS = ['hang', 'reset', 'garble', 'delay', 'http503'] as const;
/** Faults in what the office makes, met when one of its files is made. */
const FILE_KINDS = ['half', 'doubled', 'renamed', 'retold', 'wrongTotals', 'wrongDigest', 'serialReused'] as const;
const KINDS = [...LINE_KINDS, 'refuse', ...FILE_KINDS] as const;

/** `send`: the `.ok` of a file that comes; `data`: its bytes; `fetch`: a file that is taken away; `list`, `task`: those queries; `make`: a file is made. */
const PLACES = ['send', 'data', 'fetch', 'list', 'task', 'make'] as const;
export type FaultPlace = (typeof PLACES)[number];

const faultSchema = z
  .strictObject({
    ...countedShape,
    /** Kind of file, such as HP; `*` meets every one. */
    item: z.string().regex(/^([A-Z]{2}|\*)$/),
    kind: z.enum(KINDS),
    /** Where it is met; by kind when absent: `make` for faults of files, `send` for the others. */
    at: z.enum(PLACES).optional(),
    phase: z.enum(['before-commit', 'after-commit', 'in-answer']).default('before-commit'),
    /** For `refuse`. */
    text: z.string().min(1).max(50).optional(),
  })
  .transform((fault) => ({ ...fault, at: fault.at ?? (isFileKind(fault.kind) ? ('make' as const) : ('send' as const)) }))
  .refine(({ kind, at }) => (at === 'make') === isFileKind(kind), { message: 'this kind is not met there' })
  .refine(({ kind, at }) => kind !== 'refuse' || at === 'send', { message: 'a file is refused at send' });

export const faultPlanSchema = z.strictObject({ faults: z.array(faultSchema).max(200) });
export type Fault = z.infer<typeof faultSchema>;
export type FileFaultKind = (typeof FILE_KINDS)[number];

export function isFileKind(kind: string): kind is FileFaultKind {
  return (FILE_KINDS as readonly string[]).includes(kind);
}

interface Call {
  readonly at: FaultPlace;
  readonly item: string;
  readonly name: string;
  readonly time: string;
}

/** The faults of files and of the calls that carry them. */
export class FileFaults extends FaultPlan<Fault, Call, { time: string; at: FaultPlace; name: string; kind: string; phase: string }> {
  constructor() {
    super(
      (fault, call) => fault.at === call.at && (fault.item === '*' || fault.item === call.item),
      (fault, { time, at, name }) => ({ time, at, name, kind: fault.kind, phase: fault.phase }),
    );
  }
}
