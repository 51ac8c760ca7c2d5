/** Networks defined by functions in a user's own module, which the session loads. */
import * as z from 'zod';
import type { Network } from '../../nn/scope';
import type { NetworkContext } from './network';
import { defineNetwork } from './network';

const options = z.strictObject({
  module: z
    .string()
    .regex(/\.mjs$/, 'the path of a JavaScript module that ends in ".mjs"')
    .describe(
      'Path of an .mjs module, relative to the experiment. Each run keeps a copy of it and of its relative imports.',
    ),
  export: z
    .string()
    .min(1)
    .describe('Exported function: (scope, input, { tf, layers, initialisers, … }) => tensor.'),
});

function build({ module, export: name }: z.output<typeof options>, context: NetworkContext): Network {
  const { modules } = context;
  if (modules === undefined)
    throw new RangeError(`the module ${module} was not loaded before its network is built`);
  return modules.network(module, name, context);
}

const DESCRIPTION =
  'A function in your own JavaScript module, written with TensorFlow.js operations and the built-in layers.';

/** Generator: latents or the input image, `[batch, …] -> [batch, …example]`. */
export const moduleGenerator = defineNetwork({
  name: 'module',
  role: 'generator',
  title: 'Custom generator',
  description: `${DESCRIPTION} Its input is the latent vector, or the input image where the data has one.`,
  options,
  startsFrom: 'either',
  unsuitable: () => undefined,
  build,
});

/** Discriminator: `[batch, …example] -> [batch, 1]` logits. */
export const moduleDiscriminator = defineNetwork({
  name: 'module',
  role: 'discriminator',
  title: 'Custom discriminator',
  description: `${DESCRIPTION} Returns one logit per example; with a gradient penalty, a logit must not depend on the rest of the batch.`,
  options,
  unsuitable: () => undefined,
  build,
});
