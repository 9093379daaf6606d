import { z } from 'zod';
import { jsonAnswer, type Answer } from './answer';

/** A request to the controls under `/_`. */
export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
}

/** One control by `METHOD /path`; what it returns is answered as JSON. */
export type Control<M> = (machinery: M, request: ControlRequest) => unknown;
export type Controls<M> = Readonly<Record<string, Control<M>>>;

/** What a control cannot do; the message is the answer. */
export class BadControl extends Error {
  override readonly name = 'BadControl';
}

export const clockSchema = z.strictObject({ offsetMs: z.number().int().min(-1e12).max(1e12) });

/** Serves the controls: faults, records, data, clock. Answers 400 with a reason to what it cannot read. */
export async function serveControl<M>(controls: Controls<M>, machinery: M, request: ControlRequest): Promise<Answer> {
  const control = controls[`${request.method} ${request.url.pathname}`];
  if (!control) return jsonAnswer({ error: `no control ${request.method} ${request.url.pathname}` }, 404);
  try {
    return jsonAnswer(await control(machinery, request));
  } catch (error) {
    if (error instanceof z.ZodError) return jsonAnswer({ error: z.prettifyError(error) }, 400);
    if (breaksConstraint(error)) return jsonAnswer({ error: `the data contradict each other: ${error.message}` }, 400);
    if (error instanceof BadControl || error instanceof SyntaxError) return jsonAnswer({ error: error.message }, 400);
    throw error;
  }
}

/** Two persons with one ID number, or an opening that would make an account negative. */
function breaksConstraint(error: unknown): error is { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_CONSTRAINT');
}

/** The JSON of a control's body. Throws SyntaxError. */
export function bodyOf(request: ControlRequest): unknown {
  return JSON.parse(request.body.toString('utf8'));
}
