import { checkDigit } from '../../domain/identity';

/** Region prefix of all invented persons; no real region has it. */
export const TEST_REGION = '990101';

/** Makes a valid identity number of an invented person. `sequence` is 1 to 999: odd for men, even for women. */
export function makeIdNumber(birthDate: string, sequence: number, region: string = TEST_REGION): string {
  const first17 = `${region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return `${first17}${checkDigit(first17)}`;
}
