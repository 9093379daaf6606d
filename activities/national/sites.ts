import type { Config } from '../../runtime/config';
import type { Institution } from '../../runtime/institutions';
import { findProfile } from '../../schemas/national/load-profiles';
import type { Profile, Profiles } from '../../schemas/national/profile';
import { Lane } from './lane';
import { type Clock, GatewayError } from './types';

/** An institution with everything that a call of it needs. */
export interface Site {
  readonly institution: Institution;
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly lane: Lane;
}

/** Sites by fixmedins_code, made at first use. */
export class Sites {
  private readonly sites = new Map<string, Site>();

  constructor(
    private readonly national: Config['national'],
    private readonly profiles: Profiles,
    private readonly clock: Clock,
  ) {}

  /** Throws GatewayError `unknownInstitution` or `noAddress`, ProfileError for a profile that does not exist. */
  find(code: string): Site {
    const known = this.sites.get(code);
    if (known) return known;
    const institution = this.national.institutions.find((each) => each.fixmedinsCode === code);
    if (!institution) throw new GatewayError('unknownInstitution', `institution ${code} is not in institutions.json`);
    const profile = findProfile(this.profiles, institution.profile);
    const baseUrl = institution.gateway.url ?? this.national.baseUrl;
    if (baseUrl === null) throw new GatewayError('noAddress', `institution ${code} has no gateway url and ANJIE_NATIONAL_URL is not set`);
    const { concurrency, processes } = this.national;
    const limits = { concurrency, ratePerSecond: profile.rateLimitPerSecond / processes };
    const site = { institution, profile, baseUrl, lane: new Lane(code, limits, this.clock) };
    this.sites.set(code, site);
    return site;
  }

  /** The profile that a message was sent under. */
  profileOf(id: string): Profile {
    return findProfile(this.profiles, id);
  }
}
