/**
 * Scores a checkpoint in a child process through the command line: it takes long, and the editor must neither wait for
 * it nor crash with it. Does not depend on VS Code.
 */

import { createInterface } from 'node:readline';
import { type EvaluationLine, type FailureLine, isFailureLine, parseLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import type {
  EvaluationEstimate,
  EvaluationPhase,
  EvaluationProgress,
} from '../../shared/evaluation-progress';
import { spawnNode } from '../../shared/node-process';
import type { ScoreRecord } from '../../shared/run-format';

/** Scoring failed before it finished. */
class EvaluationProcessError extends WorkbenchError {}

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
 * Resolves to the scores, which are then in the run folder too, or to undefined if cancelled. Throws
 * `EvaluationProcessError`.
 */
export async function evaluateInProcess(
  request: EvaluationRequest,
): Promise<readonly ScoreRecord[] | undefined> {
  const { command, runFolder, step, samples, signal } = request;
  const place = step === undefined ? [] : ['--from', String(step)];
  const options = ['--json', '--samples', String(samples), ...place];
  const child = spawnNode([command, 'evaluate', runFolder, ...options]);
  const cancel = (): void => {
    child.kill('SIGINT');
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const scores: ScoreRecord[] = [];
  let failure: FailureLine | undefined;
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseLine(text);
    if (isFailureLine(line)) failure = line;
    else if (!isEvaluationLine(line)) request.onOutput(text);
    else if (line.type === 'progress') request.onProgress(line);
    else if (line.type === 'estimate') request.onEstimate(line);
    else if (line.type === 'score') scores.push(line);
  });
  const end = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => resolve(code === 0 ? undefined : `${by ?? code}`));
  });
  signal.removeEventListener('abort', cancel);
  if (signal.aborted) return undefined;
  if (end === undefined) return scores;
  if (failure !== undefined) throw new EvaluationProcessError(failure.message, failure.remedy);
  throw new EvaluationProcessError(complaints.trim() || end, '');
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
