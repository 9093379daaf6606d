import { type Settings, cancellationCall, openRig, readCall } from './rig';
import { noteReceipt } from './receipts';

/** One call in a process of its own; prints the outcome. */
async function main(): Promise<void> {
  const settings = JSON.parse(process.argv[2] ?? '{}') as Settings & { commandId: string; infno?: string };
  const rig = await openRig(settings);
  process.stdout.write('{"ready":true}\n');
  const key = { workflowId: 'w', commandId: settings.commandId, step: 'send', ordinal: 0 };
  const outcome =
    settings.infno === '5303' ? await rig.gateway.call(readCall({ key })) : await rig.gateway.call(cancellationCall({ key, onAnswer: noteReceipt }));
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  await rig.close();
}

main().catch((error: unknown) => {
  process.stdout.write(`${JSON.stringify({ thrown: String(error) })}\n`);
  process.exit(1);
});
