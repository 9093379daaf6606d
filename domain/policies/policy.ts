/**
 * A benefits policy (待遇政策) of one pool area as dated data. A version holds every number that the calculation uses; each
 * group of numbers has a `legalSource`, the place where a site writes the document and article that the numbers come from.
 * Amounts are fen, ratios exact decimal text, dates `yyyy-MM-dd`.
 */
import type { RoundingMode } from '../money';

export const LEVELS = ['level1', 'level2', 'level3'] as const;
/** Hospital level (医院等级) that deductible and ratio depend on. */
export type Level = (typeof LEVELS)[number];

export type ByLevel<T> = Readonly<Record<Level, T>>;

/** Aid identities (救助身份) that a policy can favour. */
export const IDENTITIES = ['特困', '低保', '返贫致贫', '低保边缘'] as const;
export type AidIdentity = (typeof IDENTITIES)[number];

interface Sourced {
  /** Document and article that these numbers come from. */
  readonly legalSource: string;
}

/** A fund as SETLDETAIL names it. */
export interface Fund {
  readonly fundPayType: string;
  readonly name: string;
}

/** Part of an amount, from the end of the part before to `toFen` (null: without end). An end belongs to the lower part. */
export interface Tier {
  readonly toFen: number | null;
  readonly ratio: string;
}

export interface LineRules {
  readonly rounding: RoundingMode;
  /**
   * `capThenSelfpay`: 先自付 is taken of what the price cap leaves.
   * `selfpayThenCap`: 先自付 is taken of the full price, then the cap is laid on the rest.
   */
  readonly order: 'capThenSelfpay' | 'selfpayThenCap';
}

export interface DeductibleRules extends Sourced {
  readonly fen: ByLevel<number>;
  /** Second and later admissions of the year: a ratio of the first deductible, or a fixed fall each time down to a floor. */
  readonly later:
    | { readonly kind: 'ratio'; readonly ratio: string }
    | { readonly kind: 'fall'; readonly byFen: number; readonly floorFen: number };
  /** From this admission of the year on nothing is taken; null: never free. */
  readonly freeFromAdmission: number | null;
}

export interface SegmentRules extends Sourced {
  /**
   * What the ends are compared with: this stay's in-scope amount with the deductible in it, the same without the deductible,
   * or the in-scope amount accumulated in the year.
   */
  readonly measuredOn: 'deductibleIncluded' | 'deductibleExcluded' | 'yearAccumulated';
  readonly tiers: readonly {
    readonly toFen: number | null;
    readonly inService: ByLevel<string>;
    /** Where absent, retired persons have the ratios of those in service. */
    readonly retired?: ByLevel<string>;
  }[];
}

export interface PoolCapRules extends Sourced {
  readonly annualFen: number;
  /** `fundMoney`: the cap limits what the fund pays; `inScope`: it limits the in-scope amount that is looked at. */
  readonly measuredOn: 'fundMoney' | 'inScope';
}

export interface LargeAmountRules extends Fund, Sourced {
  /** Of the pool share that the pool cap cut off. */
  readonly ratio: string;
  readonly annualCapFen: number;
}

export interface SeriousIllnessRules extends Fund, Sourced {
  /** `inScope`: deductible, co-pay and what the pool cap cut off; `inScopeAndPreselfpay`: 先自付 counts too. */
  readonly base: 'inScope' | 'inScopeAndPreselfpay';
  readonly normal: { readonly deductibleFen: number; readonly annualCapFen: number | null };
  /** Ends measured above the deductible. */
  readonly tiers: readonly Tier[];
  readonly favoured: {
    readonly who: readonly AidIdentity[];
    readonly deductibleFen: number;
    readonly ratioPlus: string;
    readonly annualCapFen: number | null;
  };
}

export interface AccountRules extends Sourced {
  /** True where the account may pay class C and the part above the price cap too. */
  readonly paysOutOfScope: boolean;
}

export interface InsuranceRules {
  readonly pool: Fund;
  readonly deductible: DeductibleRules;
  readonly segments: SegmentRules;
  readonly poolCap: PoolCapRules;
  /** 职工大额医疗费用补助. */
  readonly largeAmount: LargeAmountRules | null;
  /** 大病保险. */
  readonly seriousIllness: SeriousIllnessRules | null;
  /** Personal account; null where the insurance has none. */
  readonly account: AccountRules | null;
}

export interface AidRules extends Fund, Sourced {
  readonly base: 'inScope' | 'inScopeAndPreselfpay';
  readonly annualCapFen: number;
  /** Deductibles are yearly. Identities without an entry get no aid. */
  readonly identities: Readonly<Partial<Record<AidIdentity, { readonly deductibleFen: number; readonly ratio: string }>>>;
  /** psn_idet_type of the centre → identity. */
  readonly identityCodes: Readonly<Record<string, AidIdentity>>;
}

export interface Policy {
  readonly policyVersion: string;
  readonly title: string;
  /** True for invented numbers, which must never settle a real bill. */
  readonly illustrative: boolean;
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
  /** The date of a stay that chooses the version of the fund rules; lines always follow their fee date. */
  readonly versionChosenBy: Sourced & { readonly fund: 'dischargeDate' | 'admissionDate' };
  readonly line: LineRules &
    Sourced & {
      /** 先自付 where the catalogue names none of its own. */
      readonly selfpayProp: { readonly drug: string; readonly service: string; readonly consumable: string };
    };
  /** How each segment, tier and the aid amount is brought to whole fen. */
  readonly fundRounding: Sourced & { readonly mode: RoundingMode };
  /** Rules by insutype. */
  readonly insurances: Readonly<Record<string, InsuranceRules>>;
  readonly aid: AidRules;
  /** What happens when a settlement is undone though a later one of the same person and year stands on its accumulators. */
  readonly undo: Sourced & { readonly earlierSettlement: 'refuse' | 'recalculate' };
}
