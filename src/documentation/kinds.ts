/** All kinds of parts that have a page, from the registries in which a config's names are looked up. */
import { dataSources } from '../data/registry';
import { augmentations } from '../gan/augmentations/registry';
import { GENERATOR_CONDITIONINGS } from '../gan/conditionings/generator';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { generatorRegularisers } from '../gan/generator-regularisers/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { optimisers } from '../gan/optimisers/registry';
import { regularisers } from '../gan/regularisers/registry';
import { schedules } from '../gan/schedules/registry';
import type { PartKind } from './page';

const NAME_OR_OBJECT = 'Write the name alone, or an object with `name` and the options to change.';

export const partKinds: readonly PartKind[] = [
  {
    page: 'data-sources',
    title: 'Data sources',
    introduction: ['Datasets that are included or downloaded, and formats for your own data.'],
    usage: (name) => `"data": { "source": "${name}" }`,
    parts: dataSources,
  },
  {
    page: 'models',
    title: 'Models',
    introduction: [
      'A model is a preset of both networks and matching settings. Keys set in the experiment take precedence.',
    ],
    usage: (name) => `"model": "${name}"`,
    parts: models,
  },
  {
    page: 'generators',
    title: 'Generators',
    introduction: ['Networks that generate examples, from latents or from an input image.'],
    usage: (name) => `"generator": { "network": "${name}" }`,
    parts: networks.filter(({ role }) => role === 'generator'),
  },
  {
    page: 'discriminators',
    title: 'Discriminators',
    introduction: [
      'Networks that classify examples as real or generated. They output logits, from which the [objective](objectives.md) computes the losses.',
    ],
    usage: (name) => `"discriminator": { "network": "${name}" }`,
    parts: networks.filter(({ role }) => role === 'discriminator'),
  },
  {
    page: 'objectives',
    title: 'Objectives',
    introduction: [
      'The losses of both networks, as functions of the discriminator’s logits D; σ is the sigmoid.',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"objective": "${name}"`,
    parts: objectives,
  },
  {
    page: 'regularisers',
    title: 'Regularisers',
    introduction: [
      'Constraints on the discriminator: penalties in its loss, normalisation or clipping of its weights, noise on its inputs. Several can be combined. A penalty with `"every": k` is computed only at every kth discriminator update and multiplied by k.',
      NAME_OR_OBJECT,
      'One-sided label smoothing is an option of the classifying [objectives](objectives.md), and dropout an option of the [discriminators](discriminators.md).',
    ],
    usage: (name) => `"regularisers": ["${name}"]`,
    parts: regularisers,
  },
  {
    page: 'conditionings',
    title: 'Class conditioning',
    introduction: [
      'How the discriminator receives the class of an example; the dataset must have labels. The key `"generator"` sets how the generator receives it: see [its own page](generator-conditionings.md).',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"conditioning": "${name}"`,
    parts: conditionings,
  },
  {
    page: 'generator-conditionings',
    title: 'Conditioning of the generator',
    introduction: ['How the generator receives the class to generate.'],
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
    introduction: [
      'Transforms of the real and generated images shown to the discriminator, for small datasets. They are differentiable, so the generator learns through them without reproducing them. They are applied in the listed order, each with the same probability per image, which can be adaptive.',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"augmentation": { "transforms": ["${name}"] }`,
    parts: augmentations,
  },
  {
    page: 'generator-losses',
    title: 'Losses against the target',
    introduction: [
      'Losses added to the generator’s adversarial loss for paired data: the difference between its output G(x) and the target y.',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"generatorLosses": ["${name}"]`,
    parts: generatorLosses,
  },
  {
    page: 'generator-regularisers',
    title: 'Regularisers of the generator',
    introduction: [
      'Penalties in the generator’s loss that depend on the generator alone. A penalty with `"every": k` is computed only at every kth generator update and multiplied by k.',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"generatorRegularisers": ["${name}"]`,
    parts: generatorRegularisers,
  },
  {
    page: 'optimisers',
    title: 'Optimisers',
    introduction: [
      'How both networks are updated. Each network has its own learning rate, set beside the name.',
    ],
    usage: (name) => `"optimiser": { "name": "${name}" }`,
    parts: optimisers,
  },
  {
    page: 'schedules',
    title: 'Schedules',
    introduction: [
      'How the learning rates change over the run. Any schedule can start with a warm-up. [Other scalars](../r3gan.md#scalars-that-change-during-training) can change too.',
      NAME_OR_OBJECT,
    ],
    usage: (name) => `"schedule": "${name}"`,
    parts: schedules,
  },
];
