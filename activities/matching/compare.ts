import type { Declaration } from '../../domain/matching/declaration';
import { judgeStatements } from '../../domain/matching/sql/judge';
import { cancelsQuestion, keyedStatements } from '../../domain/matching/sql/keyed';
import { duplicatesQuestion, duplicatesStatements, pairingStatements, totalsStatements } from '../../domain/matching/sql/passes';
import { type Engine, engineInteger } from './engine';

export interface Compared {
  readonly groups: number;
  readonly differingGroups: number;
}

/** Both passes over the sides that were loaded: leaves `totals` and `judged` in the engine. `onStep` is called between statements. */
export async function compareSides(engine: Engine, declaration: Declaration, run: { place: string; day: string }, onStep: () => void): Promise<Compared> {
  const runAll = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) {
      await engine.run(statement);
      onStep();
    }
  };
  for (const index of declaration.sides.keys()) {
    const question = cancelsQuestion(declaration, index);
    const cancels = question !== null && (await isTrue(engine, question));
    await runAll(keyedStatements(declaration, index, cancels));
  }
  await runAll(totalsStatements(declaration));
  const [[groups, differing] = []] = await engine.all('SELECT (SELECT count(DISTINCT g) FROM totals), (SELECT count(*) FROM differing)');
  const compared = { groups: engineInteger(groups), differingGroups: engineInteger(differing) };
  if (compared.differingGroups > 0) {
    const reach = { all: compared.groups === compared.differingGroups };
    for (const index of declaration.sides.keys()) {
      if (index === 0) continue;
      await runAll(pairingStatements(index, reach));
      if (await isTrue(engine, duplicatesQuestion(index, reach))) await runAll(duplicatesStatements(index, reach));
      await engine.run('DROP TABLE pairing');
    }
  }
  await runAll(judgeStatements(declaration, run));
  return compared;
}

async function isTrue(engine: Engine, question: string): Promise<boolean> {
  const [[answer] = []] = await engine.all(question);
  return answer === true;
}
