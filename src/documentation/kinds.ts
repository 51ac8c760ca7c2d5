/** Every kind of part that has a page, from the registries that a config's names are looked up in. */
import { dataSources } from '../data/registry';
import { augmentations } from '../gan/augmentations/registry';
import { GENERATOR_CONDITIONINGS } from '../gan/conditionings/generator';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { optimisers } from '../gan/optimisers/registry';
import { regularisers } from '../gan/regularisers/registry';
import { schedules } from '../gan/schedules/registry';
import type { PartKind } from './page';

const NAME_OR_OBJECT = 'Name it, or write an object with its `name` and the options that shall differ.';

export const partKinds: readonly PartKind[] = [
  {
    page: 'data-sources',
    title: 'Data sources',
    introduction: 'Dataset to train on.',
    usage: (name) => `"data": { "source": "${name}" }`,
    parts: dataSources,
  },
  {
    page: 'models',
    title: 'Models',
    introduction:
      'A model is a shorthand for both networks and what suits them. Whatever an experiment writes out itself goes before it.',
    usage: (name) => `"model": "${name}"`,
    parts: models,
  },
  {
    page: 'generators',
    title: 'Generators',
    introduction: 'Networks that make examples, from latents or from an image that is given.',
    usage: (name) => `"generator": { "network": "${name}" }`,
    parts: networks.filter(({ role }) => role === 'generator'),
  },
  {
    page: 'discriminators',
    title: 'Discriminators',
    introduction:
      'Networks that judge examples. They give logits; what is made of them is the objective’s to say.',
    usage: (name) => `"discriminator": { "network": "${name}" }`,
    parts: networks.filter(({ role }) => role === 'discriminator'),
  },
  {
    page: 'objectives',
    title: 'Objectives',
    introduction: `The two losses, as functions of the discriminator’s logits D. σ is the sigmoid. ${NAME_OR_OBJECT}`,
    usage: (name) => `"objective": "${name}"`,
    parts: objectives,
  },
  {
    page: 'regularisers',
    title: 'Regularisers',
    introduction: `What holds the discriminator back: penalties in its loss, other forms of its weights, noise on what it sees. Several can be combined. A penalty with \`"every": k\` is computed at each k-th update of the discriminator only, and counts k times there. ${NAME_OR_OBJECT} One-sided label smoothing is an option of the [objectives](objectives.md) that classify, and dropout an option of the [discriminators](discriminators.md).`,
    usage: (name) => `"regularisers": ["${name}"]`,
    parts: regularisers,
  },
  {
    page: 'conditionings',
    title: 'Conditioning on class',
    introduction: `How the discriminator is told the class of an example; the data must have labels. How the generator is told is a choice of its own, \`"generator"\` beside the name, with its own [page](generator-conditionings.md). ${NAME_OR_OBJECT}`,
    usage: (name) => `"conditioning": "${name}"`,
    parts: conditionings,
  },
  {
    page: 'generator-conditionings',
    title: 'Conditioning of the generator',
    introduction: 'How the generator is told the class of what it shall make.',
    usage: (name) => `"conditioning": { "name": "projection", "generator": "${name}" }`,
    parts: Object.entries(GENERATOR_CONDITIONINGS).map(([name, { title, description, paper }]) => ({
      name,
      title,
      description,
      paper,
    })),
  },
  {
    page: 'augmentations',
    title: 'Augmentation',
    introduction: `Transforms of the images that the discriminator is shown, real and generated alike, inside the program, so that the generator learns through them and does not learn them. For small data. They are applied in the order in which they are listed, each to each image with the same probability, which can be adaptive. ${NAME_OR_OBJECT}`,
    usage: (name) => `"augmentation": { "transforms": ["${name}"] }`,
    parts: augmentations,
  },
  {
    page: 'generator-losses',
    title: 'Losses against the target',
    introduction: `What is added to the generator’s adversarial loss where the data is paired: how far the image G(x) that it made is from the target y. ${NAME_OR_OBJECT}`,
    usage: (name) => `"generatorLosses": ["${name}"]`,
    parts: generatorLosses,
  },
  {
    page: 'optimisers',
    title: 'Optimisers',
    introduction:
      'How both networks are updated. The learning rates, one for each network, stand beside the name.',
    usage: (name) => `"optimiser": { "name": "${name}" }`,
    parts: optimisers,
  },
  {
    page: 'schedules',
    title: 'Schedules',
    introduction: `How the learning rates change over the run; a warm-up can come before any of them. ${NAME_OR_OBJECT}`,
    usage: (name) => `"schedule": "${name}"`,
    parts: schedules,
  },
];
