import { reconcile } from '../../activities/matching/reconcile';
import { openKeyRing } from '../../runtime/keys';
import { openStore } from '../../store/open-store';
import { DAY, filesOf, PLACE, shipped } from './rig';
import { manyDifferences } from './many';

/** One run in a process of its own, which a fail-point kills. */
async function main(): Promise<void> {
  const [databaseUrl = '', ring = '', folder = ''] = process.argv.slice(2);
  const store = await openStore({ databaseUrl, keyRing: openKeyRing(ring) });
  const declaration = shipped('tax-bureau-tax');
  const sources = filesOf(folder, declaration, manyDifferences());
  await reconcile({ store, now: () => 1, folder, memoryMb: 100 }, { declaration, place: PLACE, day: DAY, sources }, () => undefined);
  await store.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
