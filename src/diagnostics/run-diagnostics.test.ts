import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { changeStoredConfig } from '../config/stored';
import { shareDetails } from '../shared/class-scores';
import { overridesOf } from '../shared/finding-change';
import { float32 } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import {
  type MetricsRecord,
  RUN_SCHEMA_VERSION,
  type ScoreRecord,
  type StepRecord,
} from '../shared/run-format';
import { Curves } from './curves';
import { featuresOf } from './distances';
import { ODD_SETTINGS } from './odd-settings';
import { rules } from './registry';
import { ruleContext } from './rule-context';
import { discriminatorOverpowering } from './rules/discriminator-overpowering';
import { memorisation } from './rules/memorisation';
import { RunDiagnostics } from './run-diagnostics';
import { pointDiversity } from './sample-measures';
import { fittingChanges } from './suggestions';
import { CEASED_AFTER, JUDGED_EVERY, OVERPOWERING } from './thresholds';

const POINTS = { kind: 'points', dimensions: 2 } as const;
const RING = '{ "data": { "source": "points2d" }, "model": "toy2d" }';

function record(step: number, values: Partial<StepRecord> = {}): StepRecord {
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    type: 'step',
    step,
    images: step,
    seconds: step,
    imagesPerSecond: 1,
    discriminatorLoss: 1.3,
    generatorLoss: 0.8,
    realScore: 0.55,
    fakeScore: 0.45,
    discriminatorGradientNorm: 1,
    generatorGradientNorm: 1,
    ...values,
  };
}

/** `count` points on a circle, on the first `modes` of eight positions. */
function ring(count: number, modes: number): Float32Array {
  const values = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    const angle = ((i % modes) * Math.PI) / 4;
    values[2 * i] = 2 * Math.cos(angle) + 0.01 * (i % 5);
    values[2 * i + 1] = 2 * Math.sin(angle);
  }
  return values;
}

function watchOf(text = RING, overrides: readonly string[] = []): RunDiagnostics {
  const real = featuresOf(ring(80, 8), POINTS);
  return new RunDiagnostics({
    context: ruleContext(parseExperiment(text, 'test', overrides), 'points'),
    shape: POINTS,
    reference: { diversity: pointDiversity(real, real) },
  });
}

function findingsOf(watch: RunDiagnostics, records: readonly StepRecord[]): string[] {
  return records.flatMap((one) =>
    watch.onStep(one).map(({ type, rule, step }) => `${rule} ${type === 'recovery' ? 'ceased ' : ''}${step}`),
  );
}

const steps = (from: number, to: number, values: Partial<StepRecord> = {}): StepRecord[] =>
  Array.from({ length: to - from + 1 }, (_, i) => record(from + i, values));

function sample(watch: RunDiagnostics, step: number, modes: number): readonly MetricsRecord[] {
  const points = float32([80, 2], ring(80, modes));
  const heat = float32([1, 1], Float32Array.of(0));
  return watch.onSamples(step, {
    kind: 'points',
    real: points,
    fake: points,
    heat,
    extent: 2,
    descent: points,
    latentSize: 2,
  });
}

const SURE = { discriminatorLoss: 0.1, generatorLoss: 4, realScore: 0.96, fakeScore: 0.03 };

describe('rules on curves', () => {
  it('say nothing of even play', () => {
    expect(findingsOf(watchOf(), steps(1, 500))).toEqual([]);
  });

  it('tell a trouble once, when it has ceased, and again when it has come back', () => {
    const watch = watchOf();
    const { window } = OVERPOWERING;
    expect(findingsOf(watch, steps(1, 400, SURE))).toEqual([`discriminator-overpowering ${window}`]);
    const calm = 400 + window + JUDGED_EVERY * CEASED_AFTER.curves;
    const [ceased, ...others] = findingsOf(watch, steps(401, calm));
    expect(ceased).toMatch(/^discriminator-overpowering ceased 6\d\d$/);
    expect(others).toEqual([]);
    expect(findingsOf(watch, steps(calm + 1, calm + 100, SURE))).toEqual([
      `discriminator-overpowering ${calm + window}`,
    ]);
  });

  it('do not take sigmoid(logit) for a probability where the objective does not', () => {
    const saturated = { ...SURE, discriminatorLoss: 1.5 };
    expect(findingsOf(watchOf(RING, ['objective=hinge']), steps(1, 200, saturated))).toEqual([]);
    // With hinge only the loss counts: 2 where it is undecided.
    const halfScores = { ...SURE, realScore: 0.7, fakeScore: 0.3 };
    expect(findingsOf(watchOf(RING, ['objective=hinge']), steps(1, 100, halfScores))).toEqual([
      `discriminator-overpowering ${OVERPOWERING.window}`,
    ]);
    const wasserstein = ['objective=wasserstein', 'regularisers=["gradient-penalty"]'];
    expect(
      findingsOf(watchOf(RING, wasserstein), steps(1, 200, { ...SURE, discriminatorLoss: -20 })),
    ).toEqual([]);
  });

  it('leave a sure discriminator alone where the generator is told its target as well', () => {
    const paired = '{ "data": { "source": "digits", "superResolution": 4 }, "model": "srgan" }';
    expect(findingsOf(watchOf(paired), steps(1, 100, SURE))).toEqual([]);
  });

  it('tell networks as they are initialised from a learning rate that is too high', () => {
    expect(findingsOf(watchOf(), steps(1, 100, { discriminatorLoss: 2.8 }))).toEqual([]);
    expect(findingsOf(watchOf(), steps(1, 100, { discriminatorLoss: 8 }))).toEqual([
      'learning-rate-too-high 30',
    ]);
  });

  it('see a generator’s gradient vanish and explode against its beginning', () => {
    const withNorm = (norm: number): string[] => {
      const watch = watchOf();
      findingsOf(watch, steps(1, 100));
      return findingsOf(watch, steps(101, 300, { generatorGradientNorm: norm }));
    };
    expect(withNorm(0.005)).toEqual(['generator-gradient-vanishing 150']);
    expect(withNorm(0.02)).toEqual([]);
    expect(withNorm(60)).toEqual(['generator-gradient-exploding 115']);
  });

  it('see NaN coming at the very record', () => {
    const watch = watchOf();
    findingsOf(watch, steps(1, 7));
    expect(findingsOf(watch, [record(8, { generatorLoss: -2e5 })])).toEqual(['nan-precursors 8']);
  });

  it('see swings with a period, and no trend or noise', () => {
    const lossAt = (of: (step: number) => number): string[] =>
      findingsOf(
        watchOf(),
        Array.from({ length: 400 }, (_, i) => record(i + 1, { generatorLoss: of(i + 1) })),
      );
    expect(lossAt((step) => 2 + Math.sin((2 * Math.PI * step) / 40))).toEqual(['oscillation 200']);
    expect(lossAt((step) => 0.5 + step / 50)).toEqual([]);
    expect(lossAt((step) => 2 + Math.sin(step * step))).toEqual([]);
  });
});

describe('rules on samples', () => {
  it('see that half of the modes are left out, twice in a row', () => {
    const watch = watchOf();
    const rulesOf = (records: readonly MetricsRecord[]): string[] =>
      records.flatMap((one) => (one.type === 'finding' ? one.rule : []));
    expect(sample(watch, 500, 4)[0]).toMatchObject({ type: 'score', value: 0.5 });
    expect(rulesOf(sample(watch, 750, 3))).toEqual(['mode-collapse']);
    expect(rulesOf(sample(watch, 1000, 8))).toEqual([]);
  });

  it('take no generator that still spreads, or that stands still, for one that has collapsed', () => {
    for (const [before, after] of [
      [2, 4],
      [4, 4],
    ] as const) {
      const watch = watchOf();
      sample(watch, 500, before);
      expect(sample(watch, 750, after)).toHaveLength(1);
    }
  });

  it('see copies where two measures say so, and not in the first steps', () => {
    const context = ruleContext(parseExperiment('{ "data": { "source": "digits" } }', 'test'), 'images');
    const judged = (...measured: readonly (readonly [step: number, memorisation: number])[]) =>
      memorisation.judge(
        measured.map(([step, value]) => ({
          step,
          diversity: 1,
          memorisation: value,
          projections: [],
          spread: 1,
        })),
        new Curves(),
        context,
        [],
      );
    expect(judged([400, 0.5], [600, 0.4])).toMatchObject({ evidence: { memorisation: 0.4 } });
    expect(judged([400, 0.9], [600, 0.4])).toBeUndefined();
    expect(judged([50, 0.5], [100, 0.4])).toBeUndefined();
  });

  it('see classes that are left out in three scores, in those of an earlier session as well', () => {
    const scoresOf = (step: number, ...shares: readonly number[]): ScoreRecord => ({
      schemaVersion: RUN_SCHEMA_VERSION,
      type: 'score',
      step,
      name: 'inceptionScore',
      value: 5,
      protocol: 'test',
      details: shareDetails(shares.map((share, c) => ({ label: `class ${c}`, share }))),
    });
    const found = (...scores: readonly ScoreRecord[]): readonly MetricsRecord[] => {
      const watch = watchOf();
      for (const record of scores.slice(0, -1)) watch.replay(record);
      watch.onScores(scores.slice(-1));
      return sample(watch, 1500, 8).filter(({ type }) => type === 'finding');
    };
    const [first, second] = [scoresOf(1000, 1, 0.05, 1.2), scoresOf(1200, 1, 0.03, 1.2)];
    expect(found(first, second, scoresOf(1400, 1, 0.04, 0.04))).toMatchObject([
      {
        rule: 'mode-collapse',
        message: expect.stringContaining('occur in the data: class 1.'),
        evidence: { classesLeftOut: 1, leastClassShare: 0.04 },
      },
    ]);
    // Only two scores; a different class in between; all classes; a class whose share is rising; and the first steps.
    expect(found(first, second)).toEqual([]);
    expect(found(first, scoresOf(1200, 0.05, 0.5, 1.2), scoresOf(1400, 1, 0.04, 1.2))).toEqual([]);
    expect(found(...[1000, 1200, 1400].map((step) => scoresOf(step, 0.6, 0.4, 1.2)))).toEqual([]);
    expect(found(first, second, scoresOf(1400, 1, 0.08, 1.2))).toEqual([]);
    expect(found(...[300, 500, 700].map((step) => scoresOf(step, 0, 0, 3)))).toEqual([]);
  });

  it('are not measured at step 0, nor oftener than they may cost', () => {
    const watch = watchOf();
    expect(sample(watch, 0, 8)).toEqual([]);
    expect(sample(watch, 10, 8)).toHaveLength(1);
    expect(sample(watch, 20, 8)).toEqual([]);
    expect(sample(watch, 60, 8)).toHaveLength(1);
  });

  it('see a loss of diversity against what there was', () => {
    const watch = watchOf();
    for (const step of [100, 200, 300]) sample(watch, step, 8);
    sample(watch, 400, 5);
    const [, finding] = sample(watch, 500, 5);
    expect(finding).toMatchObject({ rule: 'diversity-loss', evidence: { diversity: 0.625, earlier: 1 } });
  });

  it('see that nothing moves, early in a run alone', () => {
    const at = (from: number): boolean => {
      const watch = watchOf();
      return [0, 100, 200, 300].some((step) =>
        sample(watch, from + step, 8).some((one) => one.type === 'finding' && one.rule === 'stalled'),
      );
    };
    expect([at(100), at(4000)]).toEqual([true, false]);
  });
});

it('a watch that has taken in the records so far goes on as the one that wrote them', () => {
  const whole = watchOf();
  const resumed = watchOf();
  const written: MetricsRecord[] = [];
  const play = (watch: RunDiagnostics, step: number): readonly MetricsRecord[] => {
    const one = record(step, step > 120 && step < 700 ? SURE : {});
    const samples = step % 100 === 0 ? sample(watch, step, step < 400 ? 8 : 3) : [];
    return [one, ...watch.onStep(one), ...samples];
  };
  for (let step = 1; step <= 500; step++) written.push(...play(whole, step));
  for (const one of written) resumed.replay(one);
  for (let step = 501; step <= 1200; step++) expect(play(resumed, step)).toEqual(play(whole, step));
  expect(written.filter(({ type }) => type === 'finding').length).toBeGreaterThan(0);
});

describe('a finding that an odd setting explains', () => {
  const findingOf = (overrides: readonly string[], records: readonly StepRecord[]) => {
    const watch = watchOf(RING, overrides);
    return records.flatMap((one) => watch.onStep(one)).find((one) => one.type === 'finding');
  };

  it('names the setting, explains it, and suggests its usual value alone', () => {
    const finding = findingOf(['optimiser.generatorLearningRate=1e-9'], steps(1, 100, SURE));
    expect(finding).toMatchObject({
      rule: 'discriminator-overpowering',
      message: expect.stringMatching(/Likely cause: "optimiser\.generatorLearningRate" is 1e-9/),
      explanation: ODD_SETTINGS.generatorRate.explanation,
      changes: [{ set: { 'optimiser.generatorLearningRate': 0.001 } }],
    });
  });

  it('names every such setting', () => {
    const odd = ['optimiser.generatorLearningRate=1e-9', 'regularisers=[{"name":"r1","weight":1e5}]'];
    const watch = watchOf(RING, odd);
    findingsOf(watch, steps(1, 100));
    const [finding] = steps(101, 300, { generatorGradientNorm: 0.001 }).flatMap((one) => watch.onStep(one));
    expect(finding).toMatchObject({
      rule: 'generator-gradient-vanishing',
      message: expect.stringMatching(/Likely cause: "optimiser.* Likely cause: "regularisers"/),
      changes: [
        { set: { 'optimiser.generatorLearningRate': 0.001 } },
        { set: { regularisers: [{ weight: 0.1 }] } },
      ],
    });
  });

  it('keeps the advice of its rule where all settings are ordinary, or have nothing to do with it', () => {
    for (const overrides of [[], ['latent.size=1']]) {
      const finding = findingOf(overrides, steps(1, 100, SURE));
      expect(finding?.message).not.toContain('Likely cause');
      expect(finding).toMatchObject({ explanation: discriminatorOverpowering.explanation });
    }
  });
});

describe('what a rule suggests', () => {
  const configs = [
    RING,
    '{ "data": { "source": "digits" } }',
    '{ "data": { "source": "digits" }, "model": "dcgan-textbook", "objective": "minimax" }',
  ].map((text) => parseExperiment(text, 'test'));

  it.each(rules)('$name: changes that the config accepts, at least one', (rule) => {
    for (const config of configs) {
      const context = ruleContext(config, config.data.source === 'points2d' ? 'points' : 'images');
      const changes = fittingChanges(config, rule.suggestions(context));
      for (const change of changes)
        expect(changeStoredConfig(config, overridesOf(change))).not.toEqual(config);
      if (rule.name !== 'memorisation' || context.diversityOf === 'images') expect(changes).not.toEqual([]);
    }
  });

  it('leaves out what is there already and what is refused', () => {
    const config = parseExperiment(RING, 'test');
    const change = (key: string, value: number | string) => ({
      title: localizable(''),
      set: { [key]: value },
    });
    const [same, fitting, refused] = [
      change('optimiser.generatorLearningRate', 0.001),
      change('optimiser.generatorLearningRate', 0.0001),
      change('optimiser.generatorLearningRate', 7),
    ];
    expect(fittingChanges(config, [same, fitting, refused])).toEqual([fitting]);
  });
});
