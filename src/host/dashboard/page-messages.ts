/** The messages that a dashboard may send, and the state that VS Code persists for it. */
import * as z from 'zod';
import { labelsSchema } from '../../run-folder/control';
import {
  type CurveView,
  MAX_COMPARED_RUNS,
  PICTURE_SUBJECTS,
  RUN_ACTIONS,
  type WebviewMessage,
  X_AXES,
} from '../../shared/dashboard-protocol';
import { type LiveRequest, MAX_PACE } from '../../shared/live-request';
import { CONTROL_REQUESTS, NETWORK_ROLES } from '../../shared/run-format';
import { dropMessage } from '../translation/page-messages';

/** Coordinates of drawn points. */
const MAX_DRAWN = 100_000;
/** No screen is wider, in pixels. */
const MAX_BUCKETS = 16_384;

const view: z.ZodType<CurveView> = z.object({
  xAxis: z.enum(X_AXES),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  maxBuckets: z.int().min(2).max(MAX_BUCKETS),
});

const run = z
  .int()
  .min(0)
  .max(MAX_COMPARED_RUNS - 1);
const step = z.int().min(0);

const liveRequest: z.ZodType<LiveRequest> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('setPace'), stepsPerSecond: z.number().positive().max(MAX_PACE).nullable() }),
  z.object({ type: z.literal('stepOnce') }),
  z.object({ type: z.literal('stepPlayer'), player: z.enum(NETWORK_ROLES) }),
  z.object({ type: z.literal('applyChange'), changes: z.record(z.string(), z.json()) }),
]);

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length));
}

export const dashboardMessage: z.ZodType<WebviewMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), view }),
  z.object({ type: z.literal('view'), view }),
  z.object({ type: z.literal('sample'), run, step }),
  z.object({ type: z.literal('watchSamples'), runs: z.array(run).max(MAX_COMPARED_RUNS) }),
  z.object({ type: z.literal('control'), run, request: z.enum(CONTROL_REQUESTS) }),
  z.object({ type: z.literal('live'), run, request: liveRequest }),
  z.object({ type: z.literal('act'), run, action: z.enum(RUN_ACTIONS) }),
  z.object({ type: z.literal('labels'), run, labels: labelsSchema }),
  z.object({ type: z.literal('openConfig'), run }),
  z.object({ type: z.literal('describeNetworks'), run }),
  z.object({ type: z.literal('openExperiment'), run }),
  z.object({
    type: z.literal('applyFinding'),
    run,
    rule: z.string(),
    step,
    change: z.int().min(0),
  }),
  z.object({ type: z.literal('exploreLatents'), run }),
  z.object({
    type: z.literal('drawnPoints'),
    run,
    points: z
      .instanceof(Float32Array)
      .refine(
        ({ length }) => length % 2 === 0 && length >= 20 && length <= MAX_DRAWN,
        'is too few or too many points',
      )
      .refine(
        (points) => points.every((value) => Number.isFinite(value)),
        'has a coordinate that is no number',
      ),
  }),
  dropMessage,
  z.object({ type: z.literal('openRun'), run }),
  z.object({ type: z.literal('exportCurves') }),
  z.object({
    type: z.literal('savePicture'),
    subject: z.enum(PICTURE_SUBJECTS),
    step: step.exactOptional(),
    png: z.instanceof(Uint8Array).refine(isPng, 'is no PNG'),
  }),
]);

const state = z.union([
  z.object({ folders: z.array(z.string()).min(1).max(MAX_COMPARED_RUNS) }),
  // Saved by a version without comparisons.
  z.object({ folder: z.string() }).transform(({ folder }) => ({ folders: [folder] })),
]);

/** Returns the run folders saved by a restored webview; undefined if it was closed before it saved any. */
export function foldersInState(value: unknown): readonly string[] | undefined {
  return state.safeParse(value).data?.folders;
}
