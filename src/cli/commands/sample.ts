/** `gan sample RUN`: renders images from a run's best checkpoint, or another one, as one PNG. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { samplesPng } from '../../pictures/samples-png';
import { pointsPng } from '../../pictures/scatter';
import { Random } from '../../random/random';
import { rowLabelsOf } from '../../session/row-labels';
import { openGenerator } from '../../session/stored-run';
import { localizable } from '../../shared/localizable-text';
import { numberedClasses } from '../../shared/sample-grid';
import { storageError } from '../../storage/storage-error';
import type { GanCommand } from '../command';
import { integerOption, requireRun } from '../command';

interface SampleOptions {
  readonly count: number;
  readonly out: string;
  readonly seed: number;
  readonly from?: number;
  readonly json?: boolean;
}

export const sample: GanCommand = {
  name: 'sample',
  define(command, { output }) {
    command
      .description('Generate images from a run.')
      .argument('<run>', 'run folder')
      .requiredOption('--count <n>', 'number of images', integerOption('--count', 1, 100_000))
      .requiredOption('--out <file>', 'PNG file to write')
      .option('--seed <n>', 'random seed of the latents', integerOption('--seed', 0), 0)
      .option(
        '--from <step>',
        'checkpoint step (default: best by score, otherwise newest)',
        integerOption('--from', 0),
      )
      .option('--json', 'print one JSON object per line')
      .action(async (run: string, options: SampleOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        await requireRun(runFolder);
        const generator = await openGenerator(runFolder, options.from);
        const { task, engine, step, config } = generator;
        try {
          const random = Random.seeded(options.seed, 'gan sample');
          const source = await task.sampleSource(random, options.count, generator.openData);
          const examples = await task.sample(engine, source);
          const reconstructions = await task.reconstruct?.(engine, examples);
          const file = resolve(options.out);
          const [count] = examples.shape;
          const rowLabels = await rowLabelsOf(runFolder, source);
          const picture =
            task.example.kind === 'image'
              ? await samplesPng(
                  {
                    fake: examples,
                    ...source,
                    rowLabels,
                    ...(reconstructions === undefined ? {} : { reconstructions }),
                  },
                  task.example,
                )
              : pointsPng(examples);
          await writeFile(file, picture).catch((error: unknown) => {
            throw storageError(localizable('write {0}', file), error);
          });
          output.emit({ type: 'sample', step, count, file });
          const weights = config.ema === false ? '' : ', from the averaged weights';
          output.say(
            `Saved ${count === 1 ? '1 sample' : `${count} samples`} of step ${step}${weights}: ${file}`,
          );
          const numbered = numberedClasses(rowLabels);
          if (numbered.length > 0)
            output.say(`Names that the picture shows by number: ${numbered.join(', ')}`);
        } finally {
          await generator.close();
        }
      });
  },
};
