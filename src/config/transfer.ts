/** The config's sections `initialise` and `freeze`: training that starts from the weights of an earlier run. */
import * as z from 'zod';
import { choice } from '../shared/choice';
import { NETWORK_ROLES } from '../shared/run-format';

export const initialise = z
  .strictObject({
    from: z
      .string()
      .min(1)
      .describe('Run folder or checkpoint (.safetensors), absolute or relative to the experiment.'),
    checkpoint: z
      .union([z.enum(['best', 'newest']), z.int().min(0)])
      .default('best')
      .describe(
        'Checkpoint of a run folder: a step, "newest", or "best", the best by score or, without scores, the newest.',
      ),
    networks: z
      .array(z.enum(NETWORK_ROLES))
      .min(1)
      .default([...NETWORK_ROLES])
      .describe('Networks whose weights are copied.'),
    average: z
      .boolean()
      .default(true)
      .describe(
        'Starts the generator from the moving average of its weights, which the samples of the earlier run show, where the checkpoint has one.',
      ),
    mismatch: choice(['refuse', 'skip'], {
      refuse: 'Does not train, and lists them.',
      skip: 'Leaves them out: those of the new networks start from random values.',
    })
      .default('refuse')
      .describe('What to do about weights that are missing, left over, or of another shape.'),
  })
  .exactOptional()
  .describe(
    'Starts from the weights of an earlier run instead of random ones. Step, optimiser and random numbers start anew.',
  );

const layers = (network: string, example: string) =>
  z
    .array(z.string().min(1))
    .max(1000)
    .default([])
    .describe(`Layers of the ${network}, e.g. ["${example}"]. The name of a block covers all layers in it.`);

export const freeze = z
  .strictObject({
    generator: layers('generator', 'project'),
    discriminator: layers('discriminator', 'down1'),
  })
  .exactOptional()
  .describe(
    'Layers whose weights are not trained. Fine-tuning on few images keeps the first layers of the discriminator fixed (FreezeD, Mo et al. 2020, section 3).',
  );
