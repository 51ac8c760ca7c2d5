// How many trials it takes to tell which parameter matters: `node bench/evidence/sweep-importance.mjs`. Hand-made sweeps
// of random trials whose score depends on the first parameter most, on the second a little, on the others not at all, and
// on chance as much as two runs of one experiment differ. Prints in how many of them the first parameter comes first, of
// all and of those whose importance the page shows, and the greatest share of a parameter without influence.
import { loadSource } from '../../scripts/load-source.mjs';

const { importanceAt, Random } = await loadSource(`
  export { importanceAt } from './src/sweep/importance';
  export { Random } from './src/random/random';`);

const SWEEPS = 200;
/** As in webview/sweep/importance.ts. */
const LEAST_EXPLAINED = 0.1;

function sweepOf(parameters, trials, seed) {
  const random = Random.seeded(seed, `${parameters} ${trials}`);
  return {
    objective: { name: 'fid', better: 'lower', counts: 'best' },
    parameters: Array.from({ length: parameters }, (_, index) => ({
      ...{ key: `p${index}`, from: 0, to: 1, isLogarithmic: false, isWhole: false },
    })),
    trials: Array.from({ length: trials }, (_, index) => {
      const values = Array.from({ length: parameters }, () => random.uniform());
      const value = 3 * (values[0] - 0.6) ** 2 + 0.25 * values[1] + 0.1 * random.normal();
      return { trial: index + 1, status: 'completed', values, value, curve: [], steps: 1, runs: [] };
    }),
  };
}

console.log(
  '| parameters | trials | first of all | shown | first of the shown | greatest share without influence |',
);
for (const parameters of [3, 5, 8])
  for (const trials of [16, 20, 24, 32, 48]) {
    const counts = { first: 0, shown: 0, firstOfShown: 0, noise: 0 };
    for (let seed = 0; seed < SWEEPS; seed++) {
      const importance = await importanceAt(sweepOf(parameters, trials, seed), 'end');
      const shares = importance.parameters.map(({ share }) => share);
      const isFirst = shares[0] === Math.max(...shares);
      const isShown = importance.explained >= LEAST_EXPLAINED;
      counts.first += isFirst;
      counts.shown += isShown;
      counts.firstOfShown += isFirst && isShown;
      if (isShown) counts.noise += Math.max(...shares.slice(2));
    }
    const percent = (part, of) => `${Math.round((100 * part) / of)}%`;
    console.log(
      `| ${parameters} | ${trials} | ${percent(counts.first, SWEEPS)} | ${percent(counts.shown, SWEEPS)} | ${percent(counts.firstOfShown, counts.shown)} | ${percent(counts.noise, counts.shown)} |`,
    );
  }
