import { z } from 'zod';
import { transactions, isInfno } from '../../schemas/national/generated';
import { jsonAnswer, type Answer } from './answer';
import { dataSchema, loadData } from './data';
import { faultPlanSchema } from './faults';
import { moveClock, type Machinery } from './machinery';
import { isRecordKind, readRecords } from './records';
import { showCode } from './wallet';

/** A request to the controls under `/_`. */
export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
}

type Control = (machinery: Machinery, request: ControlRequest) => unknown;

const holderSchema = z.strictObject({ certno: z.string().min(1) });
const clockSchema = z.strictObject({ offsetMs: z.number().int().min(-1e12).max(1e12) });

const controls: Readonly<Record<string, Control>> = {
  'GET /_health': () => ({ status: 'up' }),
  'GET /_faults': ({ faults }) => faults.report(),
  'PUT /_faults': (machinery, request) => {
    const { faults } = faultPlanSchema.parse(read(request));
    machinery.staleView.drop();
    machinery.faults.set(faults);
    if (faults.some(({ kind, infno }) => kind === 'staleRead' && isQuery(infno))) machinery.staleView.pin(0);
    return machinery.faults.report();
  },
  'DELETE /_faults': ({ faults, staleView }) => {
    faults.clear();
    staleView.drop();
    return faults.report();
  },
  'GET /_records': ({ books }, { url }) => {
    const kind = url.searchParams.get('kind') ?? undefined;
    if (kind !== undefined && !isRecordKind(kind)) throw new BadControl(`no kind of record ${kind}`);
    return readRecords(books.db, kind);
  },
  'PUT /_data': ({ books }, request) => {
    const data = dataSchema.parse(read(request));
    books.write(true, () => {
      loadData(books.db, data);
    });
    return { persons: data.persons.length, institutions: data.institutions.length, items: data.items.length };
  },
  'POST /_qrcodes': ({ books, clock }, request) => {
    const { certno } = holderSchema.parse(read(request));
    const shown = books.write(true, () => showCode(books.db, certno, clock.now()));
    if (!shown) throw new BadControl('nobody has this certno');
    return shown;
  },
  'POST /_reset': (machinery) => {
    machinery.faults.clear();
    machinery.staleView.drop();
    machinery.books.empty();
    machinery.clock.move(0);
    return { status: 'empty' };
  },
  'GET /_clock': ({ clock }) => ({ offsetMs: clock.offsetMs(), now: clock.now() }),
  'PUT /_clock': (machinery, request) => {
    moveClock(machinery, clockSchema.parse(read(request)).offsetMs);
    return { offsetMs: machinery.clock.offsetMs(), now: machinery.clock.now() };
  },
};

class BadControl extends Error {
  override readonly name = 'BadControl';
}

/** Serves the controls: faults, records, data, clock. Answers 400 with a reason to what it cannot read. */
export function serveControl(machinery: Machinery, request: ControlRequest): Answer {
  const control = controls[`${request.method} ${request.url.pathname}`];
  if (!control) return jsonAnswer({ error: `no control ${request.method} ${request.url.pathname}` }, 404);
  try {
    return jsonAnswer(control(machinery, request));
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

function read(request: ControlRequest): unknown {
  return JSON.parse(request.body.toString('utf8'));
}

function isQuery(infno: string): boolean {
  return infno === '*' || (isInfno(infno) && transactions[infno].effect === 'read');
}
