/** Solutions of the exercises that goals of lessons depend on: changes to a copied experiment, by lesson. */

export interface Solution {
  /** Name of the experiment to change, without extension. */
  readonly experiment: string;
  /** Values by the keys of the experiment. */
  readonly changes: Readonly<Record<string, unknown>>;
}

/** By the name of the lesson's folder without its number. */
export const SOLUTIONS: Readonly<Record<string, readonly Solution[]>> = {
  'two-losses': [{ experiment: 'minimax', changes: { regularisers: [{ name: 'r1', weight: 0.1 }] } }],
};
