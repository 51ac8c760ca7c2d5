/** Exports the curves, scores and sample grids of a run as an event file of TensorBoard. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readBounded } from '../run-folder/bounded-file';
import { jsonText } from '../run-folder/json-file';
import { pathInRun } from '../run-folder/path-in-run';
import { readRunRecord } from '../run-folder/run-record';
import { MAX_SAMPLE_BYTES, sampleSteps } from '../run-folder/sample-files';
import { type MetricsRecord, RUN_FILES, stepFileName } from '../shared/run-format';
import type { ExportContext, Exporter } from './exporter';
import { numbersOf, recordParts } from './records';
import { StepClock } from './step-clock';
import { eventRecord, type SummaryValue, versionRecord } from './tensorboard/events';

export const exportTensorboard: Exporter = async (context, place) => {
  const { id, createdAt } = await readRunRecord(context.runFolder);
  const begun = Date.parse(createdAt) / 1000;
  // TensorBoard reads files whose names contain `tfevents`.
  const file = join(place, `events.out.tfevents.${Math.floor(begun)}.${id}`);
  await pipeline(Readable.from(events(context, begun)), createWriteStream(file));
};

async function* events(
  { runFolder, config, report }: ExportContext,
  begun: number,
): AsyncGenerator<Uint8Array> {
  yield versionRecord(begun);
  const text = `\`\`\`json\n${jsonText(config)}\n\`\`\``;
  yield eventRecord({ wallTime: begun, step: 0, values: [{ tag: 'config', markdown: text }] });
  const clock = new StepClock(begun);
  for await (const part of recordParts(runFolder))
    for (const record of part) {
      if (record.type === 'step') clock.add(record);
      const values = valuesOf(record);
      if (values.length > 0)
        yield eventRecord({ wallTime: clock.at(record.step), step: record.step, values });
    }
  const steps = await sampleSteps(runFolder);
  for (const [i, step] of steps.entries()) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    const png = await readBounded(file, MAX_SAMPLE_BYTES);
    yield eventRecord({
      wallTime: clock.at(step),
      step,
      values: [{ tag: 'samples', png, ...sizeOfPng(png) }],
    });
    report(i + 1, steps.length);
  }
}

function valuesOf(record: MetricsRecord): SummaryValue[] {
  return numbersOf(record).map(([tag, scalar]) => ({ tag, scalar }));
}

/** From the header, which begins each PNG. */
function sizeOfPng(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
