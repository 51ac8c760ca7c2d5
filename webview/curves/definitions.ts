/**
 * Which curves stand in which chart, and in which colour: blue is always the discriminator, or what is real. The
 * generator is yellow, since the theme's orange is translucent, and blue and yellow are told apart by every eye.
 */
import { STEP_CURVES } from '../../src/shared/dashboard-protocol';

export interface CurveStyle {
  /** As in `BucketedCurve`. */
  readonly name: string;
  readonly label: string;
  /** A colour of the theme. */
  readonly colour: string;
}

export interface ChartDefinition {
  readonly title: string;
  readonly curves: readonly CurveStyle[];
  /** Where the values cannot leave it. */
  readonly range?: readonly [number, number];
}

export const DISCRIMINATOR_COLOUR = '--vscode-charts-blue';
export const GENERATOR_COLOUR = '--vscode-charts-yellow';

const STANDARD: readonly ChartDefinition[] = [
  {
    title: 'Loss',
    curves: [
      { name: 'discriminatorLoss', label: 'Discriminator', colour: DISCRIMINATOR_COLOUR },
      { name: 'generatorLoss', label: 'Generator', colour: GENERATOR_COLOUR },
    ],
  },
  {
    title: 'Discriminator output',
    range: [0, 1],
    curves: [
      { name: 'realScore', label: 'D(x)', colour: DISCRIMINATOR_COLOUR },
      { name: 'fakeScore', label: 'D(G(z))', colour: GENERATOR_COLOUR },
    ],
  },
  {
    title: 'Gradient norm',
    curves: [
      { name: 'discriminatorGradientNorm', label: 'Discriminator', colour: DISCRIMINATOR_COLOUR },
      { name: 'generatorGradientNorm', label: 'Generator', colour: GENERATOR_COLOUR },
    ],
  },
  {
    title: 'Throughput',
    curves: [{ name: 'imagesPerSecond', label: 'Images per second', colour: '--vscode-charts-green' }],
  },
];

/** `r1Penalty` → `R1 penalty`. */
function titleOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The charts of a run: those that every run has, and one for each further value that this one records. */
export function chartsFor(curveNames: readonly string[]): readonly ChartDefinition[] {
  const standard = new Set<string>(STEP_CURVES);
  const further = curveNames
    .filter((name) => !standard.has(name))
    .map((name) => ({
      title: titleOf(name),
      curves: [{ name, label: titleOf(name), colour: '--vscode-charts-purple' }],
    }));
  return [...STANDARD, ...further];
}
