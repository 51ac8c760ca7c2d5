/** The part of a config that says how a run is scored while it trains. */
import * as z from 'zod';
import { metrics } from '../evaluation/registry';
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
        .describe(
          'A classifier that is right on less than 0.5 + margin of held-out images counts as guessing.',
        ),
      level: z
        .number()
        .gt(0)
        .max(0.5)
        .default(0.05)
        .describe(
          'Probability that a run ends by chance although the classifier is right that often. The tests of the run share it: each has this level divided by their planned number.',
        ),
    }),
  ])
  .default(false)
  .describe(
    'Ends training when a classifier trained for it cannot tell generated from real images: an exact binomial test on held-out images rejects that it is right on at least 0.5 + margin of them.',
  );

export const evaluation = z
  .union([
    z.literal(false),
    z.strictObject({
      every: z.int().min(1).max(1e9).default(500).describe('Steps between scores.'),
      samples: z
        .int()
        .min(2)
        .max(1_000_000)
        .default(1000)
        .describe('Examples to generate for scores, and real ones to compare with at most.'),
      metrics: z
        .array(z.enum(names))
        .min(1)
        .exactOptional()
        .describe(
          `Which scores; all that suit the data where not given. ${metrics.map(({ name, description }) => `"${name}": ${description}`).join(' ')}`,
        ),
      best: z
        .enum(scoreNames)
        .exactOptional()
        .describe(
          `The score by which the best step and its checkpoint are chosen, and by which \`patience\` counts. Where not given, or not computed, the first of these that there is: ${scoreNames.join(', ')}.`,
        ),
      features: z
        .string()
        .min(1)
        .default('auto')
        .describe(
          'What compares images: "classifier" is trained on the labels of the data, once, "random" has fixed random convolutions, "auto" takes the classifier where there are labels and images are made of nothing but latents; or the path of an ONNX file, such as Inception, relative to the experiment file or absolute.',
        ),
      reference: z
        .enum(['held-out', 'training'])
        .default('held-out')
        .describe('Which real examples generated ones are compared with.'),
      budgetShare: z
        .number()
        .gt(0)
        .max(1)
        .default(0.2)
        .describe('Share of the time that scores may take; those beyond are skipped, which the log says.'),
      patience: z
        .union([z.literal(false), z.int().min(1).max(10_000)])
        .default(false)
        .describe('Ends training after so many scores without a better one.'),
      indistinguishable,
    }),
  ])
  .default(false)
  .describe('Scores while training, the best checkpoint, and when to end by them; off where not given.');
