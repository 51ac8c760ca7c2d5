/** The config's `evaluation` section: how a run is scored during training. */
import * as z from 'zod';
import { metrics } from '../evaluation/registry';
import { choice, explained } from '../shared/choice';
import { SCORE_KINDS } from '../shared/scores';

const names = metrics.map(({ name }) => name);
const scoreNames = SCORE_KINDS.map(({ name }) => name);

const indistinguishable = z
  .union([
    z.literal(false),
    z.strictObject({
      margin: z
        .number()
        .gt(0)
        .lt(0.5)
        .default(0.05)
        .describe('A classifier with an accuracy below 0.5 + margin on held-out images counts as guessing.'),
      level: z
        .number()
        .gt(0)
        .max(0.5)
        .default(0.05)
        .describe('Significance level for the whole run, divided equally among its evaluations.'),
    }),
  ])
  .default(false)
  .describe(
    'Stops training when a classifier cannot tell generated from real images: an exact binomial test on held-out images rejects an accuracy of at least 0.5 + margin.',
  );

export const evaluation = z
  .union([
    z.literal(false),
    z.strictObject({
      every: z.int().min(1).max(1e9).default(500).describe('Steps between evaluations.'),
      samples: z
        .int()
        .min(2)
        .max(1_000_000)
        .default(1000)
        .describe('Number of generated images per evaluation, and the maximum number of real ones.'),
      metrics: z
        .array(
          z
            .enum(names)
            .meta(explained(metrics.map(({ name, description }) => ({ value: name, description })))),
        )
        .min(1)
        .exactOptional()
        .describe('Scores to compute. Default: all that suit the data.'),
      best: z
        .enum(scoreNames)
        .exactOptional()
        .describe(
          'Score that selects the best checkpoint and that `patience` refers to. Default: the first of these that is available.',
        ),
      features: z
        .string()
        .min(1)
        .default('auto')
        .describe(
          'Feature network for scores: "classifier" is trained once on the dataset’s labels, "random" uses fixed random convolutions, and "auto" uses the classifier where there are labels and the generator starts from latents. Or the path of an ONNX file such as Inception.',
        ),
      reference: choice(['held-out', 'training'], {
        'held-out': 'Images held out from training.',
        training: 'Training images.',
      })
        .default('held-out')
        .describe('Real images to compare with.'),
      budgetShare: z
        .number()
        .gt(0)
        .max(1)
        .default(0.2)
        .describe(
          'Maximum fraction of the run’s time spent on evaluation. Evaluations that would exceed it are skipped, which is logged.',
        ),
      patience: z
        .union([z.literal(false), z.int().min(1).max(10_000)])
        .default(false)
        .describe('Stops training after this many evaluations without improvement.'),
      indistinguishable,
    }),
  ])
  .default(false)
  .describe('Evaluation during training: scores, best checkpoint and early stopping. Off by default.');
