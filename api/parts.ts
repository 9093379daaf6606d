import type { Client } from '@temporalio/client';
import type { Institution } from '../runtime/institutions';
import type { KeyRing } from '../runtime/keys';
import type { Logger } from '../runtime/logger';
import type { Profiles } from '../schemas/national/profile';
import type { Transactions } from '../store/transactions';
import type { VerifyToken } from './auth';
import type { CaseParts } from './cases/parts';
import type { CommandDesk } from './commands';
import type { PeopleParts } from './people-parts';
import type { Sweeper } from './sweeper';

/** What the routes work with. Made once by main.ts (or a test). */
export interface ApiParts {
  readonly store: Transactions;
  readonly temporal: Client;
  readonly commands: CommandDesk;
  readonly sweeper: Sweeper;
  readonly verifyToken: VerifyToken;
  readonly people: PeopleParts;
  readonly cases: CaseParts;
  readonly keyRing: Pick<KeyRing, 'keyedHash' | 'encrypt' | 'decrypt'>;
  readonly institutions: readonly Institution[];
  readonly profiles: Profiles;
  readonly logger: Logger;
  /** Aborted when the process is told to stop: waits end, answers become 202. */
  readonly stopping: AbortSignal;
}
