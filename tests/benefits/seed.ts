/** Seed of the random tests of this folder: from ANJIE_TEST_SEED, else a new one. It stands in each test's title. */
export const seed: number = Number(process.env['ANJIE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
