/** Exports a run as one HTML file to hand in, read and print. */
import { writeFile } from 'node:fs/promises';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, nearestStep } from '../run-folder/sample-files';
import { RunHistory } from '../runs/curves/run-history';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { bestScore } from '../shared/scores';
import { ExportError, type Exporter } from './exporter';
import { reportPage, type SamplePicture } from './report/page';

/** Grids from the course of training, besides the one of the result. */
const STAGES = 4;

export const exportReport: Exporter = async ({ runFolder, config, report }, place) => {
  const history = new RunHistory(runFolder);
  await history.refresh();
  const { run } = history;
  if (run === undefined || 'problem' in run)
    throw new ExportError(
      localizable('{0} cannot be read as a run.', runFolder),
      localizable('Choose another run.'),
    );
  const steps = chosenSteps(history.samples, bestScore(history.scores)?.step);
  const samples: SamplePicture[] = [];
  for (const step of steps) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    samples.push({ step, png: await readBounded(file, MAX_SAMPLE_BYTES) });
    report(samples.length, steps.length);
  }
  const { record, status } = run;
  await writeFile(place, reportPage({ history, record, status, config, samples }));
};

/** Stages at even distances up to the sample of the best step, or of the last. */
function chosenSteps(steps: readonly number[], best: number | undefined): readonly number[] {
  const shown = nearestStep(steps, best);
  if (shown === undefined) return [];
  const before = steps.filter((step) => step < shown);
  const count = Math.min(STAGES, before.length);
  const stages = Array.from(
    { length: count },
    (_, i) => before[Math.round((i * (before.length - 1)) / Math.max(1, count - 1))] ?? 0,
  );
  return [...new Set(stages), shown];
}
