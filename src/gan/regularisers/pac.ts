import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineRegulariser } from './regulariser';

/** Lets the discriminator compare several examples, since a lack of variety does not show in one. */
export const pac = defineRegulariser({
  name: 'pac',
  title: 'Packing (PacGAN)',
  description:
    'The discriminator judges several images together, all real or all generated, with their channels concatenated. Against mode collapse: a generator without variety fails on the pack even where each image passes.',
  paper: 'Lin et al. 2018, "PacGAN: The power of two samples in generative adversarial networks", section 3',
  formula: 'D(x₁, …, xₘ), xᵢ all real or all generated',
  options: z.strictObject({
    samples: z
      .int()
      .min(2)
      .max(16)
      .default(2)
      .describe('Number of images judged together, m in the paper. Must divide the batch size.'),
  }),
  unsuitable({ samples }, { data, conditioning, discriminator, batchSize }) {
    if (data.input !== undefined)
      return localizable('it makes samples more varied, and here each input image has one output');
    if (conditioning !== undefined)
      return localizable('the images of a pack have different classes, and the discriminator takes one');
    if (discriminator.judgesPatches)
      return localizable(
        'it compares whole images, and {0} judges patches',
        JSON.stringify(discriminator.network),
      );
    return batchSize % samples === 0
      ? undefined
      : localizable('{0} "samples" do not divide the batch size, {1}', samples, batchSize);
  },
  packs: ({ samples }) => samples,
});
