import { randomBytes } from 'node:crypto';
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';

/** argon2id (the library's default kind) with 19 MiB, two passes, one lane. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Enough for a password that a machine drew: more than 100 bits are not guessed at any speed. */
const COST_OF_GENERATED: Options = { memoryCost: 1_024, timeCost: 1, parallelism: 1 };
/** Hashes that are counted or waiting at once; each takes 19 MiB and some tens of ms. */
const MOST_AT_ONCE = 32;
const CODE_BYTES = 15;

let inHand = 0;
let decoy: Promise<string> | undefined;

/** Thrown when too many passwords are being checked; the caller answers 429. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** argon2id of a password in its PHC form. Throws PasswordsBusy. */
export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password, COST));
}

/** argon2id of a password that this program drew at random, in less time: the first start makes hundreds. */
export function hashGenerated(password: string): Promise<string> {
  return hash(password, COST_OF_GENERATED);
}

/**
 * Whether a password belongs to a hash. Without a hash (no such account, or one without a password) the same work is
 * done on a decoy, so that the time tells nothing. Throws PasswordsBusy.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(CODE_BYTES).toString('base64'), COST);
  const likeness = await decoy;
  return bounded(async () => {
    const cheap = passwordHash !== null && parseOptions(passwordHash).memoryCost < (COST.memoryCost ?? 0);
    const [right] = await Promise.all([verify(passwordHash ?? likeness, password), cheap ? verify(likeness, password) : null]);
    return right && passwordHash !== null;
  });
}

/** A code that one person hands to another once, in groups that can be read aloud. */
export function randomCode(): string {
  return (randomBytes(CODE_BYTES).toString('hex').match(/.{5}/g) ?? []).join('-');
}

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (inHand >= MOST_AT_ONCE) throw new PasswordsBusy('too many passwords are being checked');
  inHand += 1;
  try {
    return await work();
  } finally {
    inHand -= 1;
  }
}
