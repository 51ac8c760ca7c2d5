/** The charts of a run: the same as on its dashboard, with the same titles and explanations. */
import type { RunHistory } from '../../runs/curves/run-history';
import {
  type Explanation,
  explainFurther,
  explainScore,
  explainStandard,
} from '../../shared/chart-explanations';
import { CURVE_TITLES } from '../../shared/curve-titles';
import { type BucketedCurve, STEP_CURVES } from '../../shared/dashboard-protocol';
import type { ScoreRecord } from '../../shared/run-format';
import { SCORE_KINDS } from '../../shared/scores';
import type { Chart, Line } from './chart';
import type { Words } from './texts';

/** More points than the width of a chart in print has dots. */
const MAX_POINTS = 400;
const SHARE = { low: 0, high: 1 };

export function chartsOf(history: RunHistory, words: Words): readonly Chart[] {
  const { t } = words;
  const said = (explanation: Explanation): readonly string[] => explanation.map((text) => words.say(text));
  const { x, curves } = history.curves({ xAxis: 'step', maxBuckets: MAX_POINTS });
  const byName = new Map(curves.map((curve) => [curve.name, curve]));
  const line = (name: string, label: string, colour: Line['colour']): Line[] => {
    const curve = byName.get(name);
    return curve === undefined ? [] : [lineOf(curve, x, label, colour)];
  };
  const players = (suffix: string): Line[] => [
    ...line(`discriminator${suffix}`, t('Discriminator'), 'discriminator'),
    ...line(`generator${suffix}`, t('Generator'), 'generator'),
  ];
  const further = curves.map(({ name }) => name).filter((name) => !STANDARD.has(name));
  return [
    { title: t('Loss'), note: said(explainStandard('loss')), lines: players('Loss') },
    {
      title: t('Discriminator output'),
      note: said(explainStandard('output')),
      lines: [...line('realScore', 'D(x)', 'discriminator'), ...line('fakeScore', 'D(G(z))', 'generator')],
      limits: SHARE,
    },
    ...scoreCharts(history.scores, words),
    {
      title: t('Gradient norm'),
      note: said(explainStandard('gradientNorm')),
      lines: players('GradientNorm'),
    },
    ...[...new Set(further.map(withoutPlayer))].map((name) => ({
      title: titleOf(name, words),
      note: said(explainFurther(name)),
      lines: [...players(capitalised(name)), ...line(name, titleOf(name, words), 'other')],
    })),
  ].filter(({ lines }) => lines.some(({ y }) => Array.from(y).some(Number.isFinite)));
}

const STANDARD: ReadonlySet<string> = new Set(STEP_CURVES);

function lineOf(
  { mean, min, max }: BucketedCurve,
  x: Float64Array,
  label: string,
  colour: Line['colour'],
): Line {
  return { label, colour, x, y: mean, spread: { low: min, high: max } };
}

function withoutPlayer(name: string): string {
  const rest = name.replace(/^(discriminator|generator)(?=[A-Z])/, '');
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const titles = new Map<string, string>(Object.entries(CURVE_TITLES));

export function titleOf(name: string, { listed }: Words): string {
  const title = titles.get(name);
  if (title !== undefined) return listed(title);
  return capitalised(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());
}

export function scoreTitle(name: string, words: Words): string {
  const { t } = words;
  const kind = SCORE_KINDS.find((one) => one.name === name);
  if (kind !== undefined) return words.listed(kind.longTitle ?? kind.title);
  // A measure of the diagnostics, which ranks no runs.
  return name === 'sampleDiversity' ? t('Sample diversity') : titleOf(name, words);
}

/** One for each score and protocol of which there are several steps. */
function scoreCharts(scores: readonly ScoreRecord[], words: Words): Chart[] {
  const keyOf = ({ name, protocol }: ScoreRecord): string => `${name}\0${protocol}`;
  return [...new Set(scores.map(keyOf))].flatMap((key) => {
    const records = scores.filter((record) => keyOf(record) === key);
    const [first] = records;
    if (first === undefined || new Set(records.map(({ step }) => step)).size < 2) return [];
    const title = scoreTitle(first.name, words);
    const ordered = records.toSorted((a, b) => a.step - b.step);
    return {
      title,
      note: (explainScore(first.name) ?? []).map((text) => words.say(text)),
      lines: [
        {
          label: title,
          colour: 'score' as const,
          x: ordered.map(({ step }) => step),
          y: ordered.map(({ value }) => value),
          isMarked: true,
        },
      ],
    };
  });
}
