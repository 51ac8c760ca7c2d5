/** `gan evaluate RUN|CHECKPOINT`: scores samples of a checkpoint against real examples. */
import { dirname, resolve } from 'node:path';
import { EVALUATION_SEED } from '../../evaluation/evaluate';
import { Evaluator } from '../../evaluation/evaluator';
import { FEATURE_CHOICES } from '../../evaluation/features/open-features';
import { writeEvaluation } from '../../run-folder/evaluations';
import { readRunRecord } from '../../run-folder/run-record';
import { checkSameData, runDataOf } from '../../session/data-identity';
import { scoringParts } from '../../session/scoring';
import { openGenerator } from '../../session/stored-run';
import { formatText } from '../../shared/localizable-text';
import { type ScoreRecord, stepOfFileName } from '../../shared/run-format';
import { SCORE_KINDS } from '../../shared/scores';
import { padEndTo } from '../../shared/text-width';
import type { GanCommand } from '../command';
import { integerOption, requireRun } from '../command';
import { showEvaluation } from '../evaluation-progress';
import { explain, type Output } from '../output';
import { classLines, scoreValue } from '../score-text';
import { untilStopped } from '../stop-signals';
import { inLanguage, t } from '../texts';

interface EvaluateOptions {
  readonly samples: number;
  readonly metrics?: string;
  readonly features: string;
  readonly training?: boolean;
  readonly from?: number;
  readonly seed: number;
  readonly json?: boolean;
}

const DEFAULT_SAMPLES = 2000;

export const evaluateCommand: GanCommand = {
  name: 'evaluate',
  define(command, { output }) {
    command
      .description(t('Compute scores of a run against held-out real examples and store them with the run.'))
      .argument('<run>', t('run folder, or a checkpoint file in one'))
      .option(
        '--samples <n>',
        t('number of generated samples, and maximum number of real examples'),
        integerOption('--samples', 2, 1_000_000),
        DEFAULT_SAMPLES,
      )
      .option('--metrics <names>', t('comma-separated metrics (default: all that fit the data)'))
      .option(
        '--features <network>',
        t('{0}, or an ONNX file, e.g. Inception', FEATURE_CHOICES.join(', ')),
        'auto',
      )
      .option('--training', t('compare with training examples instead of held-out ones'))
      .option('--from <step>', t('checkpoint step (default: newest)'), integerOption('--from', 0))
      .option('--seed <n>', t('random seed of the latents'), integerOption('--seed', 0), EVALUATION_SEED)
      .option('--json', t('print one JSON object per line'))
      .action(async (place: string, options: EvaluateOptions) => {
        output.json = options.json === true;
        const { folder, step } = placeOf(place);
        await requireRun(folder);
        await untilStopped(output, t('Cancelled. No scores were saved.'), (signal) =>
          score(output, folder, options.from ?? step, options, signal),
        );
      });
  },
};

/** Splits a path into run folder and step; a checkpoint is in a subfolder of its run. */
function placeOf(place: string): { readonly folder: string; readonly step?: number } {
  const path = resolve(place);
  const step = path.endsWith('.safetensors') ? stepOfFileName(path.split(/[\\/]/).at(-1) ?? '') : undefined;
  return step === undefined ? { folder: path } : { folder: dirname(dirname(path)), step };
}

async function score(
  output: Output,
  folder: string,
  step: number | undefined,
  options: EvaluateOptions,
  signal: AbortSignal,
): Promise<void> {
  const generator = await openGenerator(folder, step, { prefer: 'newest' });
  const display = showEvaluation(output);
  try {
    const data = await generator.openData();
    // Held-out examples of different data may include examples that the run was trained on.
    checkSameData((await readRunRecord(folder)).data, runDataOf(data));
    const context = {
      ...scoringParts(generator.config, generator.engine.info.name),
      task: generator.task,
      data,
      baseFolder: process.cwd(),
      signal,
      ...display.observer,
    };
    const evaluator = await Evaluator.open(context, {
      samples: options.samples,
      features: options.features,
      reference: options.training === true ? 'training' : 'held-out',
      seed: options.seed,
      ...(options.metrics === undefined ? {} : { metrics: options.metrics.split(',') }),
    });
    try {
      const started = performance.now();
      const { records, refusals } = await evaluator.evaluate(generator.engine, generator.step, { signal });
      display.stop();
      const seconds = (performance.now() - started) / 1000;
      output.say(t('Step {0}:', generator.step));
      for (const record of records) {
        output.emit(record);
        const title = SCORE_KINDS.find(({ name }) => name === record.name)?.title ?? record.name;
        output.say(
          `  ${padEndTo(inLanguage(title), 16)} ${scoreValue(record.value).padStart(10)}   ${record.protocol}${beside(record.details)}`,
        );
        for (const line of classLines(record)) output.say(`    ${line}`);
      }
      for (const { metric, reason } of refusals) {
        output.emit({ type: 'refusal', metric, reason: formatText(reason) });
        output.say(t('  {0}: skipped, because {1}.', metric, reason));
      }
      await keep(output, folder, records);
      output.emit({ type: 'end', step: generator.step, seconds });
    } finally {
      await evaluator.close();
    }
  } finally {
    display.stop();
    await generator.close();
  }
}

/** Scores that took minutes are still printed where they cannot be stored, as in another user's run. */
async function keep(output: Output, folder: string, records: readonly ScoreRecord[]): Promise<void> {
  try {
    await writeEvaluation(folder, records);
  } catch (error) {
    output.warn(`${t('The scores were not stored with the run.')} ${explain(error)}`);
  }
}

/** Details shown with a score: its error, and the scores of the baselines. */
function beside(details: Readonly<Record<string, number | string>> = {}): string {
  const shown = Object.entries(details).flatMap(([name, value]) => {
    if (typeof value !== 'number') return [];
    if (name === 'standardError') return [`± ${scoreValue(value)}`];
    if (name === 'classifierHeldOutAccuracy')
      return [t('classifier accuracy {0}% on held-out examples', scoreValue(100 * value))];
    if (name === 'modes') return [t('of {0}', value)];
    return name.startsWith('baseline.') ? [`${name.slice('baseline.'.length)}: ${scoreValue(value)}`] : [];
  });
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}
