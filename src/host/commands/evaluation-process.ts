/**
 * Scores a checkpoint in a child process through the command line: it takes long, and the editor must neither wait for
 * it nor crash with it. Does not depend on VS Code.
 */

import type { EvaluationLine } from '../../shared/cli-protocol';
import type {
  EvaluationEstimate,
  EvaluationPhase,
  EvaluationProgress,
} from '../../shared/evaluation-progress';
import type { ScoreRecord } from '../../shared/run-format';
import { runGan } from './gan-process';

export interface EvaluationRequest {
  /** Absolute path of `gan.cjs`. */
  readonly command: string;
  readonly runFolder: string;
  /** Step of the checkpoint; defaults to the newest. */
  readonly step?: number;
  readonly samples: number;
  /** Cancels the evaluation; nothing is kept. */
  readonly signal: AbortSignal;
  onProgress(progress: EvaluationProgress): void;
  onEstimate(estimate: EvaluationEstimate): void;
  /** Called with a line that is not part of the protocol, such as a library's own warning. */
  onOutput(line: string): void;
}

const LINES: readonly EvaluationLine['type'][] = ['estimate', 'progress', 'score', 'refusal', 'end'];

/** Both ends have the same version, so the type of a line determines its fields. */
function isEvaluationLine(line: object | undefined): line is EvaluationLine {
  return line !== undefined && 'type' in line && LINES.some((type) => type === line.type);
}

/**
 * Resolves to the scores, which are then in the run folder too, or to undefined if cancelled. Throws the errors of
 * `runGan`.
 */
export async function evaluateInProcess(
  request: EvaluationRequest,
): Promise<readonly ScoreRecord[] | undefined> {
  const { command, runFolder, step, samples, signal } = request;
  const place = step === undefined ? [] : ['--from', String(step)];
  const scores: ScoreRecord[] = [];
  const isDone = await runGan({
    command,
    args: ['evaluate', runFolder, '--samples', String(samples), ...place],
    signal,
    onLine(line, text) {
      if (!isEvaluationLine(line)) request.onOutput(text);
      else if (line.type === 'progress') request.onProgress(line);
      else if (line.type === 'estimate') request.onEstimate(line);
      else if (line.type === 'score') scores.push(line);
    },
  });
  return isDone ? scores : undefined;
}

/** In order of execution, without the phases that precede the estimate. */
const ESTIMATED = ['referenceFeatures', 'samples', 'features', 'metrics'] as const;

function isEstimated(phase: EvaluationPhase): phase is (typeof ESTIMATED)[number] {
  return ESTIMATED.some((name) => name === phase);
}

/** Fraction of the estimated time that has elapsed, in [0, 1]. */
export function shareDone(
  { seconds, parts }: EvaluationEstimate,
  { phase, done, total }: EvaluationProgress,
): number {
  if (!isEstimated(phase) || seconds === 0 || total === 0) return 0;
  const before = ESTIMATED.slice(0, ESTIMATED.indexOf(phase)).reduce((sum, name) => sum + parts[name], 0);
  return (before + (parts[phase] * done) / total) / seconds;
}
