/** Exports a network as a folder that is ready for the Hugging Face Hub: a model card, the network and samples. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvaluations } from '../run-folder/evaluations';
import { pathInRun } from '../run-folder/path-in-run';
import { readRunRecord } from '../run-folder/run-record';
import { nearestStep, sampleSteps } from '../run-folder/sample-files';
import { readScores } from '../run-folder/scores';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { bestScores } from '../shared/scores';
import type { Exporter } from './exporter';
import { modelCard } from './model-card/card';
import { chosenNetwork } from './network-facts';
import { exportOnnx } from './onnx';
import { exportSafetensors } from './safetensors';

const SAMPLES = 'samples.png';

export const exportModelCard: Exporter = async (context, place) => {
  const { runFolder, config } = context;
  const { network, generator, facts } = await chosenNetwork(context);
  await exportOnnx(context, join(place, 'model.onnx'));
  await exportSafetensors(context, place);
  const sample = nearestStep(await sampleSteps(runFolder), generator.step);
  if (sample !== undefined) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(sample, 'png'));
    await copyFile(file, join(place, SAMPLES));
  }
  const scores = [...(await readScores(runFolder)), ...(await readEvaluations(runFolder))];
  const card = modelCard({
    network,
    facts,
    config,
    record: await readRunRecord(runFolder),
    scores: bestScores(scores),
    ...(sample === undefined ? {} : { samples: SAMPLES }),
  });
  await writeFile(join(place, 'README.md'), card);
};
