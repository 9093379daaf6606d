import { setTimeout as sleep } from 'node:timers/promises';
import { startMariaDb, type TestServer } from '../support/mariadb';
import { openGround, type Ground } from './ground';
import { orderOf, walkStay } from './hospital';
import { expectAllHolds } from './oracles';

/** Where only a server of others can be had, there is nothing that may be killed. */
const absent = process.env['ANJIE_TEST_DATABASE'] === 'absent' || Boolean(process.env['MYSQL_URL']);
const DATABASE = 'anjie_stack';

(absent ? describe.skip : describe)('the whole product on MariaDB', () => {
  let server: TestServer;
  let ground: Ground;
  beforeAll(async () => {
    server = await startMariaDb();
    await server.admin((connection) => connection.query(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`));
    ground = await openGround({ databaseUrl: server.url(DATABASE) });
  }, 120_000);
  afterAll(async () => {
    await ground?.close();
    await server?.stop();
  }, 60_000);

  test('kill -9 of the database while the centre books: one settlement, on both sides', async () => {
    const person = await ground.person();
    await walkStay(ground.hospital, person, 'DB1', ['admit', 'deposit', 'fees', 'preSettle', 'discharge']);
    await ground.faults({ infno: '2304', phase: 'in-answer', kind: 'delay', ms: 1_000 });
    const { path, body, key } = orderOf(person, 'DB1', 'settle');
    const settling = ground.hospital.give(path, body, key);
    await ground.untilFired('2304');
    await server.kill();
    const killedAt = Date.now();
    await sleep(1_500);
    await server.start();
    const end = await settling;
    process.stderr.write(`\nRecovery from the kill of the database (down for 1,500 ms included): ${Date.now() - killedAt} ms\n`);
    expect(end.code).toBeNull();
    await expectAllHolds(ground);
  }, 90_000);

  test('the database is restarted twice under load: no half entry, no stay left behind', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => ground.person()));
    const walks = Promise.all(people.map((person, index) => walkStay(ground.hospital, person, `LOAD${index}`)));
    for (const after of [800, 2_500]) {
      await sleep(after);
      await server.kill();
      await sleep(700);
      await server.start();
    }
    await walks;
    await expectAllHolds(ground);
  }, 120_000);
});
