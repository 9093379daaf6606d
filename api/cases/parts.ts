import { join } from 'node:path';
import type { RegisterOperations } from '../../activities/office-case/operations';
import { openRegisterFiles } from '../../activities/contribution/intake/files';
import { OPERATIONS } from '../../activities/office-case/registry';
import type { Config } from '../../runtime/config';
import { type EncryptedFiles, openEncryptedFiles } from '../../runtime/encrypted-files';
import type { KeyRing } from '../../runtime/keys';
import type { Logger } from '../../runtime/logger';
import { type CaseDefinitions, currentCaseDefinitions } from '../../schemas/processes/load-cases';
import type { Transactions } from '../../store/transactions';
import { InboxListeners } from '../inbox/listeners';
import { InboxWatch } from '../inbox/watch';
import type { PeopleParts } from '../people-parts';

/** What the routes of office cases work with. */
export interface CaseParts {
  /** The definitions that cases can be opened under today, by key. */
  readonly definitions: CaseDefinitions;
  /** Asked whether they would take what is submitted; performed by the workers alone. */
  readonly operations: RegisterOperations;
  readonly attachments: EncryptedFiles;
  /** Register files (登记名册) as they were sent, for the batches that work them. */
  readonly registerFiles: EncryptedFiles;
  readonly listeners: InboxListeners;
  /** Page of a workflow in Temporal's own interface; null where the site has none. */
  temporalUrl(workflowId: string): string | null;
}

interface Ground {
  readonly config: Pick<Config, 'dataDir' | 'attachments'> & { readonly codec: Pick<Config['codec'], 'uiOrigins'>; readonly temporal: Pick<Config['temporal'], 'namespace'> };
  readonly store: Transactions;
  readonly keyRing: Pick<KeyRing, 'encrypt' | 'decrypt'>;
  readonly people: Pick<PeopleParts, 'settings' | 'now'>;
  readonly logger: Logger;
  readonly definitions?: CaseDefinitions;
  readonly operations?: RegisterOperations;
}

/** Opens them for a process. Throws CaseDefinitionError where no definitions are given and a shipped one is not right. */
export function openCaseParts({ config, store, keyRing, people, logger, definitions = currentCaseDefinitions(), operations = OPERATIONS }: Ground): CaseParts {
  const [ui] = config.codec.uiOrigins;
  return {
    definitions,
    operations,
    attachments: openEncryptedFiles(join(config.dataDir, 'attachments'), keyRing, config.attachments.mostBytes),
    registerFiles: openRegisterFiles(config.dataDir, keyRing),
    listeners: new InboxListeners(store, new InboxWatch(store, logger), people.settings, people.now, logger),
    temporalUrl: (workflowId) => (ui === undefined ? null : `${ui}/namespaces/${config.temporal.namespace}/workflows/${encodeURIComponent(workflowId)}`),
  };
}
