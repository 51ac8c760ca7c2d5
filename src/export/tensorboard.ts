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
import { STEP_CURVES } from '../shared/dashboard-protocol';
import { type MetricsRecord, RUN_FILES, type StepRecord, stepFileName } from '../shared/run-format';
import type { ExportContext, Exporter } from './exporter';
import { recordParts } from './records';
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
  if (record.type === 'score') return [{ tag: `scores/${record.name}`, scalar: record.value }];
  if (record.type !== 'step') return [];
  return [
    ...STEP_CURVES.map((name) => ({ tag: `training/${name}`, scalar: record[name] })),
    ...Object.entries(record.extra ?? {}).map(([name, scalar]) => ({ tag: `training/${name}`, scalar })),
  ];
}

/** When a step was made: the records know the seconds of training. */
class StepClock {
  readonly #begun: number;
  readonly #steps: Pick<StepRecord, 'step' | 'seconds'>[] = [];

  constructor(begun: number) {
    this.#begun = begun;
  }

  add(record: StepRecord): void {
    this.#steps.push({ step: record.step, seconds: record.seconds });
  }

  at(step: number): number {
    const known = this.#steps.findLast((record) => record.step <= step);
    return this.#begun + (known?.seconds ?? 0);
  }
}

/** From the header, which begins each PNG. */
function sizeOfPng(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
