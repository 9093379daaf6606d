import { z } from 'zod';
import { transactions, isInfno } from '../../schemas/national/generated';
import type { Answer } from '../kit/answer';
import { BadControl, bodyOf, clockSchema, serveControl, type ControlRequest, type Controls } from '../kit/control';
import { dataSchema, loadData } from './data';
import { faultPlanSchema } from './faults';
import type { Machinery } from './machinery';
import { isRecordKind, readRecords } from './records';
import { showCode } from './wallet';

const holderSchema = z.strictObject({ certno: z.string().min(1) });

const controls: Controls<Machinery> = {
  'GET /_health': () => ({ status: 'up' }),
  'GET /_faults': ({ faults }) => faults.report(),
  'PUT /_faults': (machinery, request) => {
    const { faults } = faultPlanSchema.parse(bodyOf(request));
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
    const data = dataSchema.parse(bodyOf(request));
    books.write(true, () => {
      loadData(books.db, data);
    });
    return { persons: data.persons.length, institutions: data.institutions.length, items: data.items.length };
  },
  'POST /_qrcodes': ({ books, clock }, request) => {
    const { certno } = holderSchema.parse(bodyOf(request));
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
    machinery.clock.move(clockSchema.parse(bodyOf(request)).offsetMs);
    return { offsetMs: machinery.clock.offsetMs(), now: machinery.clock.now() };
  },
};

/** Serves the centre's controls. */
export function serveCentreControl(machinery: Machinery, request: ControlRequest): Promise<Answer> {
  return serveControl(controls, machinery, request);
}

function isQuery(infno: string): boolean {
  return infno === '*' || (isInfno(infno) && transactions[infno].effect === 'read');
}
