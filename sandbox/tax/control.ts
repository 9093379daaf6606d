import { z } from 'zod';
import { rm, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../kit/answer';
import { BadControl, bodyOf, clockSchema, serveControl, type ControlRequest, type Controls } from '../kit/control';
import { sql } from '../kit/books';
import { live } from './day';
import { declarationsSchema, declare } from './declarations';
import { faultPlanSchema } from './faults';
import type { Machinery } from './machinery';
import { giveOrder, ordersSchema } from './orders';
import { isRecordKind, readRecords } from './records';
import { dataSchema } from './registers';
import { applyScenario, keepScenario, readScenario, scenarioSchema } from './scenario';
import { changeSettings, readSettings } from './settings';

const number = z.coerce.number().int().min(0).max(10_000_000);

const controls: Controls<Machinery> = {
  'GET /_health': () => ({ status: 'up' }),
  'GET /_faults': ({ faults }) => faults.report(),
  'PUT /_faults': ({ faults }, request) => {
    faults.set(faultPlanSchema.parse(bodyOf(request)).faults);
    return faults.report();
  },
  'DELETE /_faults': ({ faults }) => {
    faults.clear();
    return faults.report();
  },
  'GET /_records': ({ books }, { url }) => {
    const kind = url.searchParams.get('kind') ?? undefined;
    if (kind !== undefined && !isRecordKind(kind)) throw new BadControl(`no kind of record ${kind}`);
    const page = { limit: number.parse(url.searchParams.get('limit') ?? 100_000), offset: number.parse(url.searchParams.get('offset') ?? 0) };
    return readRecords(books.db, kind, page);
  },
  'PUT /_data': ({ books, registers }, request) => {
    const data = dataSchema.parse(bodyOf(request));
    books.write(true, () => {
      registers.load(data);
    });
    return { units: data.units.length, persons: data.persons.length };
  },
  'GET /_settings': ({ books }) => readSettings(books),
  'PUT /_settings': ({ books }, request) => changeSettings(books, bodyOf(request)),
  'GET /_clock': ({ clock }) => ({ offsetMs: clock.offsetMs(), now: clock.now() }),
  'PUT /_clock': async (machinery, request) => {
    machinery.clock.move(clockSchema.parse(bodyOf(request)).offsetMs);
    await machinery.lane.run(() => live(machinery));
    return { offsetMs: machinery.clock.offsetMs(), now: machinery.clock.now() };
  },
  'POST /_work': async (machinery) => {
    await machinery.lane.run(() => live(machinery));
    return { status: 'idle', now: machinery.clock.now() };
  },
  'PUT /_payments': (machinery, request) => {
    const { payments } = ordersSchema.parse(bodyOf(request));
    const { books, clock, lane } = machinery;
    return lane.run(async () => ({ events: books.write(true, () => payments.map((order) => giveOrder(books.db, order, clock.now()))) }));
  },
  'GET /_scenario': ({ books }) => readScenario(books.db),
  'PUT /_scenario': ({ books, clock, lane }, request) => {
    const scenario = scenarioSchema.parse(bodyOf(request));
    return lane.run(async () => ({
      planned: books.write(true, () => {
        keepScenario(books.db, scenario);
        const files = sql<unknown[], { id: number }>(
          books.db,
          "SELECT id FROM arrival WHERE state = 'done' AND item IN ('ZJ', 'TS') AND (? IS NULL OR header ->> 'batch_no' = ?) ORDER BY id",
        ).all(scenario.batch_no ?? null, scenario.batch_no ?? null);
        return files.reduce((sum, { id }) => sum + applyScenario(books.db, scenario, id, clock.now()), 0);
      }),
    }));
  },
  'DELETE /_scenario': ({ books }) => {
    books.write(true, () => sql<[]>(books.db, "DELETE FROM meta WHERE name = 'scenario'").run());
    return { scenario: null };
  },
  'PUT /_declarations': (machinery, request) => {
    const declarations = declarationsSchema.parse(bodyOf(request));
    return machinery.lane.run(async () => ({ dcla_no: declare(machinery, declarations) }));
  },
  'POST /_reset': (machinery) =>
    machinery.lane.run(async () => {
      machinery.faults.clear();
      machinery.books.empty();
      machinery.clock.move(0);
      for (const folder of ['incoming', 'taken', 'outgoing']) {
        await rm(join(machinery.dataDir, folder), { recursive: true, force: true });
        await mkdir(join(machinery.dataDir, folder), { recursive: true });
      }
      return { status: 'empty' };
    }),
};

/** Serves the office's controls. */
export function serveTaxControl(machinery: Machinery, request: ControlRequest): Promise<Answer> {
  return serveControl(controls, machinery, request);
}
