/** `run.json`: status, progress and environment of a run. */
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import {
  GENERATOR_INPUTS,
  GIT_CHANGES,
  NETWORK_ROLES,
  RUN_ENDINGS,
  RUN_FILES,
  type RunRecord,
  STOP_CAUSES,
  STORED_RUN_STATUSES,
} from '../shared/run-format';
import { saidSchema } from '../shared/said-schema';
import { writeFileDurably } from '../storage/durable-file';
import { configDifferenceSchema } from './config-difference-schema';
import { jsonText, readVersionedJson } from './json-file';
import { pathInRun } from './path-in-run';

const step = z.int().min(0);

const gitState = {
  commit: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  changes: z.enum(GIT_CHANGES),
};

/** Unknown keys are dropped, so that fields added later do not break older readers. */
const runRecordSchema = z.object({
  schemaVersion: z.int().min(1),
  id: z.string(),
  experiment: z.string(),
  experimentFile: z.string(),
  experimentPlace: z.string().exactOptional(),
  status: z.enum(STORED_RUN_STATUSES),
  step,
  totalSteps: step,
  engine: z.object({
    name: z.string(),
    version: z.string(),
    threads: z.int(),
    adapter: z.string().exactOptional(),
  }),
  versions: z.object({ workbench: z.string(), node: z.string() }),
  host: z.object({ name: z.string(), platform: z.string(), cpu: z.string() }),
  git: z
    .object({ ...gitState, resumed: z.array(z.object({ ...gitState, step })).exactOptional() })
    .exactOptional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  trainingSeconds: z.number().min(0),
  parent: z
    .object({
      run: z.string(),
      step,
      weights: z
        .object({
          path: z.string(),
          networks: z.array(z.enum(NETWORK_ROLES)),
          isAveraged: z.boolean(),
          skipped: z.object({ count: step, leaves: z.array(z.string()) }).exactOptional(),
        })
        .exactOptional(),
      changes: z.array(configDifferenceSchema).exactOptional(),
    })
    .exactOptional(),
  sweep: z.object({ sweep: z.string(), trial: z.int().min(1) }).exactOptional(),
  batchJob: z.string().exactOptional(),
  failure: z
    .object({
      message: z.string(),
      remedy: z.string(),
      step,
      tensor: z.string().exactOptional(),
      said: z.object({ message: saidSchema, remedy: saidSchema }).exactOptional(),
    })
    .exactOptional(),
  ending: z
    .object({
      kind: z.enum(RUN_ENDINGS),
      reason: z.string().exactOptional(),
      said: saidSchema.exactOptional(),
    })
    .exactOptional(),
  stoppedBy: z.enum(STOP_CAUSES).exactOptional(),
  data: z
    .object({
      examples: step,
      heldOut: step,
      inputs: step.exactOptional(),
      fingerprint: z.string().exactOptional(),
      skipped: z
        .object({ count: step, files: z.array(z.object({ name: z.string(), reason: z.string() })) })
        .exactOptional(),
    })
    .exactOptional(),
  generatorInput: z.enum(GENERATOR_INPUTS).exactOptional(),
});

/** Throws `RunFolderError` if the file is missing, damaged, of a newer version or outside the folder. */
export async function readRunRecord(runFolder: string): Promise<RunRecord> {
  const record = await readVersionedJson(await pathInRun(runFolder, RUN_FILES.run), runRecordSchema);
  // The folder may have been copied or renamed since.
  return { ...record, id: basename(resolve(runFolder)) };
}

/** Only the holder of the run's lock may call this. Throws `StorageError`. */
export async function writeRunRecord(runFolder: string, record: RunRecord): Promise<void> {
  await writeFileDurably(join(runFolder, RUN_FILES.run), jsonText(record));
}
