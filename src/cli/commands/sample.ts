/** `gan sample RUN`: images from a run's newest checkpoint, or another, as one PNG. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gridPng } from '../../pictures/grid';
import { pointsPng } from '../../pictures/scatter';
import { Random } from '../../random/random';
import { openGenerator } from '../../session/stored-run';
import type { GanCommand } from '../command';
import { integerOption } from '../command';

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
      .description('generate images from a run')
      .argument('<run>', 'a run folder')
      .requiredOption('--count <n>', 'number of images', integerOption('--count', 1, 100_000))
      .requiredOption('--out <file>', 'the PNG to write')
      .option('--seed <n>', 'seed of the latents', integerOption('--seed', 0), 0)
      .option('--from <step>', 'step of the checkpoint (default: the newest)', integerOption('--from', 0))
      .option('--json', 'one JSON object a line')
      .action(async (run: string, options: SampleOptions) => {
        output.json = options.json === true;
        const { task, engine, step, config } = await openGenerator(resolve(run), options.from);
        try {
          const latents = task.drawLatents(Random.seeded(options.seed, 'gan sample'), options.count);
          const examples = await task.sample(engine, latents);
          const file = resolve(options.out);
          await writeFile(
            file,
            task.example.kind === 'image' ? gridPng(examples) : await pointsPng(examples),
          );
          output.emit({ type: 'sample', step, count: options.count, file });
          const weights = config.ema === false ? 'the generator' : 'the averaged generator';
          output.say(
            `${options.count} samples of step ${step}, by ${weights} with its running batch-norm statistics: ${file}`,
          );
        } finally {
          await engine.dispose();
        }
      });
  },
};
