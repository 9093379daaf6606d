import { SESSION_SETTINGS, type SessionSettings } from '../domain/people/settings';
import type { Config } from '../runtime/config';
import { type DecisionKey, openDecisionKey } from '../runtime/decisions';
import { type IdentityProvider, openIdentityProvider } from '../runtime/identity-provider';

/** What the routes of people, sessions and signed decisions work with. */
export interface PeopleParts {
  readonly settings: SessionSettings;
  readonly decisionKey: DecisionKey;
  /** The site's identity provider; null where people log in here, with password and code. */
  readonly provider: IdentityProvider | null;
  /** Address under which people reach this installation, null where none is configured. */
  readonly publicUrl: string | null;
  /** Cookies are sent over https only. */
  readonly secureCookies: boolean;
  /** Epoch ms. */
  readonly now: () => number;
}

type PeopleConfig = Pick<Config['people'], 'publicUrl' | 'provider'> & { readonly session?: Partial<SessionSettings> };

/** Opens them for a process: the decision key is made at first start. */
export async function openPeopleParts(config: Pick<Config, 'dataDir'> & { readonly people: PeopleConfig }): Promise<PeopleParts> {
  const { provider, publicUrl, session } = config.people;
  return {
    settings: { ...SESSION_SETTINGS, ...session },
    decisionKey: await openDecisionKey(config.dataDir),
    provider: provider && publicUrl ? openIdentityProvider(provider, publicUrl) : null,
    publicUrl,
    secureCookies: publicUrl?.startsWith('https:') ?? false,
    now: Date.now,
  };
}
