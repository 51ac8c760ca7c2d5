/**
 * Assignment of curves to charts, and how each is drawn. In the dashboard of a single run, blue is always the
 * discriminator or real data, and yellow the generator: the theme's orange is translucent, and blue and yellow are
 * distinguishable with any colour vision. In a comparison, colour identifies the run and the dash pattern the player.
 */

import {
  explainFurther,
  explainScore,
  explainStandard,
  type StandardChart,
} from '../../../src/shared/chart-explanations';
import { STEP_CURVES } from '../../../src/shared/dashboard-protocol';
import type { LocalizableText } from '../../../src/shared/localizable-text';
import { SCORE_KINDS } from '../../../src/shared/scores';
import { DISCRIMINATOR_COLOUR, GENERATOR_COLOUR } from '../../shared/player-colours';
import { t, translated } from '../../shared/texts';
import { scoreTitle, valueTitle } from '../../shared/value-titles';
import type { RunLook } from '../run-look';
import type { YRange } from './y-range';

export interface LineStyle {
  /** Index of the run in the panel, from 0. */
  readonly run: number;
  /** As in `BucketedCurve`; unused for a score. */
  readonly curve: string;
  /** Label among the curves of the chart: `Generator`. */
  readonly label: string;
  /** Short form of the label. */
  readonly shortLabel: string;
  /** CSS variable of a colour. */
  readonly colour: string;
  /** Lengths of dashes and gaps in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

export interface ScoreKind {
  readonly name: string;
  readonly protocol: string;
  /** The protocol in a few words. */
  readonly caption: string;
}

export interface ChartDefinition {
  readonly title: string;
  /** Grouped by run. */
  readonly lines: readonly LineStyle[];
  readonly explanation: readonly string[];
  /** The score that the chart shows, if it is not a value recorded at every step. */
  readonly score?: ScoreKind;
  /** The range of the values, apart from rounding and chance. */
  readonly limits?: YRange;
  /** Whether the full range between the limits is always shown. */
  readonly isWhole?: boolean;
  /** Whether the legend labels its value as the last one: other views show the best or the mean of the run. */
  readonly namesLast?: boolean;
}

interface GroupedCurve {
  readonly name: string;
  readonly label: string;
  readonly shortLabel?: string;
  readonly colour: string;
}

interface CurveGroup extends Omit<ChartDefinition, 'lines'> {
  readonly curves: readonly GroupedCurve[];
}

const FURTHER_COLOUR = '--vscode-charts-purple';
const SCORE_COLOUR = '--vscode-charts-green';

const SHARE: YRange = [0, 1];
const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3]];

/** Styles of the two players' curves. */
function players() {
  return {
    discriminator: { label: t('Discriminator'), shortLabel: 'D', colour: DISCRIMINATOR_COLOUR },
    generator: { label: t('Generator'), shortLabel: 'G', colour: GENERATOR_COLOUR },
  };
}

function standard(chart: StandardChart, title: string): Pick<CurveGroup, 'title' | 'explanation'> {
  return { title, explanation: said(explainStandard(chart)) };
}

function standardGroups(): readonly CurveGroup[] {
  const { discriminator, generator } = players();
  return [
    {
      ...standard('loss', t('Loss')),
      curves: [
        { ...discriminator, name: 'discriminatorLoss' },
        { ...generator, name: 'generatorLoss' },
      ],
    },
    {
      ...standard('output', t('Discriminator output')),
      limits: SHARE,
      isWhole: true,
      curves: [
        { ...discriminator, name: 'realScore', label: 'D(x)', shortLabel: 'D(x)' },
        { ...generator, name: 'fakeScore', label: 'D(G(z))', shortLabel: 'D(G(z))' },
      ],
    },
    {
      ...standard('gradientNorm', t('Gradient norm')),
      curves: [
        { ...discriminator, name: 'discriminatorGradientNorm' },
        { ...generator, name: 'generatorGradientNorm' },
      ],
    },
    {
      ...standard('throughput', t('Throughput')),
      namesLast: true,
      curves: [{ name: 'imagesPerSecond', label: t('Examples per second'), colour: SCORE_COLOUR }],
    },
  ];
}

function said(texts: readonly LocalizableText[]): readonly string[] {
  return texts.map(({ text, values }) => translated(text, values));
}

/** One chart per additional value; values of both players, such as `discriminatorLearningRate`, share one. */
function furtherGroups(names: readonly string[]): readonly CurveGroup[] {
  const groups = new Map<
    string,
    { readonly explanation: readonly string[]; readonly curves: GroupedCurve[] }
  >();
  for (const name of names) {
    const player = /^(discriminator|generator)(?=[A-Z])/.exec(name)?.[0];
    const shared = name.slice(player?.length ?? 0);
    const title = valueTitle(shared);
    const group = groups.get(title) ?? { explanation: said(explainFurther(shared)), curves: [] };
    groups.set(title, group);
    const { curves } = group;
    if (player === 'discriminator') curves.push({ ...players().discriminator, name });
    else if (player === 'generator') curves.push({ ...players().generator, name });
    else curves.push({ name, label: title, colour: FURTHER_COLOUR });
  }
  return [...groups].map(([title, group]) => ({ title, ...group }));
}

function isShare({ name, protocol }: ScoreKind): boolean {
  if (name === 'sampleDiversity') return protocol.startsWith('share of ');
  return SCORE_KINDS.some((kind) => kind.name === name && kind.isShare === true);
}

function scoreGroup(score: ScoreKind): CurveGroup {
  const { name, protocol } = score;
  const title = scoreTitle(name);
  return {
    title,
    score,
    namesLast: true,
    curves: [{ name, label: title, colour: SCORE_COLOUR }],
    explanation: [...said(explainScore(name) ?? []), t('Protocol: {0}', protocol)],
    ...(isShare(score) ? { limits: SHARE } : {}),
  };
}

/** The title with the caption that distinguishes it from charts of the same name. */
export function fullTitle({ title, score }: Pick<ChartDefinition, 'title' | 'score'>): string {
  return score === undefined ? title : t('{0} ({1})', title, score.caption);
}

/**
 * Returns the charts of these runs: those that every run has, one for each additional value that any run records, and
 * one for each score. Scores of different protocols are not comparable and share no axis.
 */
export function chartsFor(
  runs: readonly RunLook[],
  curveNames: readonly string[],
  scores: readonly ScoreKind[],
): readonly ChartDefinition[] {
  const standard = new Set<string>(STEP_CURVES);
  const define = ({ curves, ...group }: CurveGroup): ChartDefinition => ({
    ...group,
    lines: runs.flatMap((look, run) =>
      curves.map(({ name, label, shortLabel = label, colour }, index) => ({
        run,
        curve: name,
        label,
        shortLabel,
        colour: runs.length === 1 ? colour : look.colour,
        dash: runs.length === 1 ? [] : (DASHES[index % DASHES.length] ?? []),
      })),
    ),
  });
  return [
    ...standardGroups().map(define),
    ...scores.map((score) => define(scoreGroup(score))),
    ...furtherGroups(curveNames.filter((name) => !standard.has(name))).map(define),
  ];
}
