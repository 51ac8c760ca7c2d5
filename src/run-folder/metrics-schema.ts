/** The schema of the records in `metrics.jsonl`. */
import * as z from 'zod';
import { type MetricsRecord, NETWORK_ROLES, RUN_EVENTS, type ScoreRecord } from '../shared/run-format';
import { saidSchema } from '../shared/said-schema';
import { configDifferenceSchema } from './config-difference-schema';

const base = { schemaVersion: z.int().min(1), step: z.int().min(0) };

export const scoreRecordSchema: z.ZodObject & z.ZodType<ScoreRecord> = z.object({
  ...base,
  type: z.literal('score'),
  name: z.string(),
  value: z.number(),
  protocol: z.string(),
  scoringSeconds: z.number().min(0).exactOptional(),
  rankedBy: z.string().exactOptional(),
  details: z.record(z.string(), z.union([z.number(), z.string()])).exactOptional(),
});

export const metricsRecordSchema: z.ZodType<MetricsRecord> = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('step'),
    images: z.int().min(0),
    seconds: z.number().min(0),
    imagesPerSecond: z.number().min(0),
    discriminatorLoss: z.number(),
    generatorLoss: z.number(),
    realScore: z.number(),
    fakeScore: z.number(),
    discriminatorGradientNorm: z.number(),
    generatorGradientNorm: z.number(),
    extra: z.record(z.string(), z.number()).exactOptional(),
  }),
  scoreRecordSchema,
  z.object({
    ...base,
    type: z.literal('finding'),
    rule: z.string(),
    title: z.string().exactOptional(),
    severity: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    said: saidSchema.exactOptional(),
    evidence: z.record(z.string(), z.number()),
    explanation: z.string().exactOptional(),
    changes: z
      .array(
        z.object({
          title: z.string(),
          said: saidSchema.exactOptional(),
          set: z.record(z.string(), z.json()),
        }),
      )
      .exactOptional(),
  }),
  z.object({
    ...base,
    type: z.literal('recovery'),
    rule: z.string(),
    title: z.string(),
    foundAt: z.int().min(0),
  }),
  z.object({
    ...base,
    type: z.literal('event'),
    event: z.enum(RUN_EVENTS),
    at: z.iso.datetime(),
    message: z.string().exactOptional(),
    file: z.string().exactOptional(),
    seconds: z.number().min(0).exactOptional(),
    changes: z.array(configDifferenceSchema).exactOptional(),
    player: z.enum(NETWORK_ROLES).exactOptional(),
  }),
]);
