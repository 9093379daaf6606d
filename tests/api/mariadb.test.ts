import { groundsOnMariaDb } from './harness';

/** The API's own SQL on the other database: the command desk and its sweeper, fee uploads, lists and searches, printed sheets. */
groundsOnMariaDb('the API', () => {
  describe('commands', () => void jest.requireActual('./commands.test'));
  describe('fees', () => void jest.requireActual('./fees.test'));
  describe('reads', () => void jest.requireActual('./reads.test'));
  describe('sheets', () => void jest.requireActual('../sheet/route.test'));
});
