import type { EntityManager } from 'typeorm';
import { type ClearingParameters, DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import type { Period } from '../../domain/clearing/period';
import { XrClearingParameters } from '../../store/entities';

/** Parameters with their version; 0 stands for the defaults, before any version was approved. */
export interface ParametersInForce {
  readonly version: number;
  readonly content: ClearingParameters;
}

/** All versions of an office, to be asked by window. */
export async function parametersOf(manager: EntityManager, office: string): Promise<(window: Period) => ParametersInForce> {
  const versions = await manager.find(XrClearingParameters, { where: { office }, order: { version: 'DESC' } });
  // Of versions that begin with the same window the later one counts.
  const latestFirst = [...versions].sort((a, b) => b.fromWindow - a.fromWindow || b.version - a.version);
  return (window) => latestFirst.find((each) => each.fromWindow <= window) ?? { version: 0, content: DEFAULT_PARAMETERS };
}
