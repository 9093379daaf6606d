import { z } from 'zod';
import { countedShape, FaultPlan } from '../kit/fault-plan';

const PHASES = ['before-commit', 'after-commit', 'in-answer'] as const;
const KINDS = [
  'hang', 'reset', 'garble', 'delay', 'businessError', 'staleRead', 'disguisedTimeout', 'html', 'empty', 'http503',
  'http429', 'busy', 'amountDrift', 'brokenSum', 'expireSign',
] as const;

export type FaultPhase = (typeof PHASES)[number];
export type FaultKind = (typeof KINDS)[number];

const faultSchema = z.strictObject({
  ...countedShape,
  /** Transaction number, in our own or the sent form (2304 also meets 2304A); `*` meets every one. */
  infno: z.string().min(1).max(6),
  phase: z.enum(PHASES).default('before-commit'),
  kind: z.enum(KINDS),
  /** infcode and text, for `businessError`. */
  code: z.coerce.number().int().default(-1),
  text: z.string().min(1).max(4000).default('[医保业务]该业务暂不允许办理'),
  /** For `amountDrift`: so many fen move from the pool to the patient's cash. For `brokenSum`: so many are missing from it. */
  amountFen: z.number().int().min(1).default(100),
  /** For `staleRead` on a writing transaction: so many queries after it still see the books as they stood before it. */
  reads: z.number().int().min(1).default(1),
  /** Only calls of this institution. */
  institution: z.string().max(30).optional(),
});

export const faultPlanSchema = z.strictObject({ faults: z.array(faultSchema).max(200) });
export type Fault = z.infer<typeof faultSchema>;

interface Call {
  readonly infno: string;
  readonly sentInfno: string;
  readonly institution: string;
  readonly msgid: string;
  readonly at: string;
}

/** One firing, kept for tests. */
export interface Firing {
  readonly at: string;
  readonly infno: string;
  readonly msgid: string;
  readonly phase: FaultPhase;
  readonly kind: FaultKind;
}

/** The faults of messages. */
export class MessageFaults extends FaultPlan<Fault, Call, Firing> {
  constructor() {
    super(meets, (fault, { at, sentInfno, msgid }) => ({ at, infno: sentInfno, msgid, phase: fault.phase, kind: fault.kind }));
  }
}

function meets(fault: Fault, call: Call): boolean {
  const number = fault.infno === '*' || fault.infno === call.infno || fault.infno === call.sentInfno;
  return number && (fault.institution === undefined || fault.institution === call.institution);
}
