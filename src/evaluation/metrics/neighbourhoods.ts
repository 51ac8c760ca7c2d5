/**
 * Fidelity and diversity measured separately by neighbourhoods: precision, recall, density and coverage in one pass
 * over the distances.
 */

import { localizable } from '../../shared/localizable-text';
import type { FloatMatrix, Multiply } from '../algebra/matrix';
import { forDistances, neighbourRadii } from '../algebra/neighbours';
import type { Metric, Score } from '../metric';
import { required } from '../metric';
import { type ClassPart, detailsOfClasses, findInClasses } from './classes';

const PRECISION_NEIGHBOURS = 3;
const DENSITY_NEIGHBOURS = 5;

export interface Neighbourhoods {
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

/**
 * Precision and recall: share of generated (real) examples within the 3-neighbourhood of some real (generated) one
 * (Kynkäänniemi et al. 2019, equations 1 and 2). Density: mean number of 5-neighbourhoods of real examples that contain
 * a generated one, divided by 5; coverage: share of real examples whose 5-neighbourhood contains a generated one (Naeem
 * et al. 2020, equations 4 and 5).
 */
export async function compareNeighbourhoods(
  real: FloatMatrix,
  fake: FloatMatrix,
  multiply: Multiply,
): Promise<Neighbourhoods> {
  const [realRadii, wideRadii] = await neighbourRadii(
    real,
    [PRECISION_NEIGHBOURS, DENSITY_NEIGHBOURS],
    multiply,
  );
  const [fakeRadii] = await neighbourRadii(fake, [PRECISION_NEIGHBOURS], multiply);
  let [recalled, within, covered] = [0, 0, 0];
  const isPrecise = new Uint8Array(fake.rows);
  await forDistances(real, fake, multiply, (row, squares) => {
    const [radius, wide] = [realRadii?.[row] ?? 0, wideRadii?.[row] ?? 0];
    let [isRecalled, isCovered] = [false, false];
    for (let j = 0; j < squares.length; j++) {
      const square = squares[j] ?? 0;
      if (square <= radius) isPrecise[j] = 1;
      if (square <= (fakeRadii?.[j] ?? 0)) isRecalled = true;
      if (square <= wide) {
        within++;
        isCovered = true;
      }
    }
    if (isRecalled) recalled++;
    if (isCovered) covered++;
  });
  return {
    precision: isPrecise.reduce((sum, one) => sum + one, 0) / fake.rows,
    recall: recalled / real.rows,
    density: within / (DENSITY_NEIGHBOURS * fake.rows),
    coverage: covered / real.rows,
  };
}

function isEnough({ reference, generated }: ClassPart): boolean {
  return Math.min(reference.rows, generated.rows) > DENSITY_NEIGHBOURS;
}

export const neighbourhoods: Metric = {
  name: 'neighbourhoods',
  title: 'Precision, recall, density, coverage',
  description:
    'Precision and density measure whether generated examples lie among real ones; recall and coverage, whether all kinds of real examples are generated. A collapsed generator has high precision and low recall.',
  paper:
    'Kynkäänniemi et al. 2019, "Improved Precision and Recall Metric", equations 1 and 2; Naeem et al. 2020, "Reliable Fidelity and Diversity Metrics", equations 4 and 5',
  needs: ['features'],
  unsuitable: ({ features }) =>
    features === undefined || isEnough(features)
      ? undefined
      : localizable('it needs more than {0} examples on both sides', DENSITY_NEIGHBOURS),
  cost: ({ generated, reference, features }) => {
    const pairs = generated ** 2 + reference ** 2 + generated * reference;
    return { products: pairs * (features + 2), operations: 2 * pairs };
  },
  async score({ features, multiply }) {
    const evidence = required(features, 'neighbourhoods', 'features');
    const compare = ({ reference, generated }: ClassPart) =>
      compareNeighbourhoods(reference, generated, multiply);
    const found = await compare(evidence);
    const ofClasses = await findInClasses(evidence, isEnough, compare);
    const score = (name: keyof Neighbourhoods, neighbours: number): Score => ({
      name,
      value: found[name],
      details: { neighbours, ...detailsOfClasses(ofClasses, (one) => one[name]) },
    });
    return [
      score('precision', PRECISION_NEIGHBOURS),
      score('recall', PRECISION_NEIGHBOURS),
      score('density', DENSITY_NEIGHBOURS),
      score('coverage', DENSITY_NEIGHBOURS),
    ];
  },
};
