/**
 * The presets that *Start Training* and *New Experiment* offer: experiments that ship, each with what people are told of
 * it. A test holds this table to the files.
 */
import { l10n } from 'vscode';

export type PresetGroup = 'firstSteps' | 'digits' | 'images' | 'translation';

export interface Preset {
  /** Of the file, without `.gan.json`. */
  readonly name: string;
  /** Presets without one are reached by links alone. */
  readonly group?: PresetGroup;
  readonly title: string;
  readonly detail: string;
  /** Width and height of what is generated; left out for points. */
  readonly imageSize?: number;
  readonly isColour?: boolean;
  /** Name of the data that must be fetched once, as `gan data list` shows it. */
  readonly fetches?: string;
  /** The preset whose time was measured, where it is another that takes the same steps. */
  readonly timedAs?: string;
}

export const GROUPS: readonly PresetGroup[] = ['firstSteps', 'digits', 'images', 'translation'];

export function groupTitle(group: PresetGroup): string {
  switch (group) {
    case 'firstSteps':
      return l10n.t('First steps');
    case 'digits':
      return l10n.t('Digits');
    case 'images':
      return l10n.t('Faces and clothes');
    case 'translation':
      return l10n.t('Image to image');
  }
}

/** In the order in which they are offered. A function, since translations are there only when the extension is. */
export function allPresets(): readonly Preset[] {
  return [...firstSteps(), ...digits(), ...images(), ...translation(), ...linked()];
}

function firstSteps(): readonly Preset[] {
  return [
    {
      name: 'toy-ring',
      group: 'firstSteps',
      title: l10n.t('Toy: eight clusters on a ring'),
      detail: l10n.t('The quickest way to watch a GAN learn.'),
    },
    {
      name: 'digits-dcgan',
      group: 'firstSteps',
      title: l10n.t('Handwritten digits, DCGAN'),
      detail: l10n.t('The classic convolutional GAN, on 10,000 digits that ship with the extension.'),
      imageSize: 28,
    },
  ];
}

function digits(): readonly Preset[] {
  return [
    {
      name: 'digits-conditional',
      group: 'digits',
      title: l10n.t('Digits by class, conditional DCGAN'),
      detail: l10n.t('Generates the digit that you ask for; each row of the grid is a class.'),
      imageSize: 28,
    },
    {
      name: 'digits-vanilla',
      group: 'digits',
      title: l10n.t('Digits, the GAN of 2014'),
      detail: l10n.t('Perceptrons without convolutions; compare its samples with those of DCGAN.'),
      imageSize: 28,
    },
    {
      name: 'digits-wgan-gp',
      group: 'digits',
      title: l10n.t('Digits, WGAN-GP'),
      detail: l10n.t('Wasserstein loss with gradient penalty: a loss that falls as the samples improve.'),
      imageSize: 28,
    },
    {
      name: 'mnist-dcgan',
      group: 'digits',
      title: l10n.t('MNIST, DCGAN'),
      detail: l10n.t('All 70,000 handwritten digits.'),
      imageSize: 28,
      fetches: 'mnist',
      timedAs: 'digits-dcgan',
    },
  ];
}

function images(): readonly Preset[] {
  return [
    {
      name: 'faces-dcgan-64',
      group: 'images',
      title: l10n.t('Pixel-art faces, DCGAN'),
      detail: l10n.t('Larger images, drawn by the extension.'),
      imageSize: 64,
      isColour: true,
    },
    {
      name: 'fashion-sngan-hinge',
      group: 'images',
      title: l10n.t('Fashion-MNIST, SNGAN'),
      detail: l10n.t('Spectral normalisation and hinge loss. Needs Debian’s package dataset-fashion-mnist.'),
      imageSize: 28,
    },
    {
      name: 'fashion-textbook',
      group: 'images',
      title: l10n.t('Fashion-MNIST, textbook DCGAN'),
      detail: l10n.t(
        'How training fails: the discriminator wins early. Needs Debian’s package dataset-fashion-mnist.',
      ),
      imageSize: 28,
    },
  ];
}

function translation(): readonly Preset[] {
  return [
    {
      name: 'shapes-segmentation',
      group: 'translation',
      title: l10n.t('Segmentation of shapes, pix2pix'),
      detail: l10n.t('From an image to the class of each pixel; the images are drawn by the extension.'),
      imageSize: 32,
      isColour: true,
    },
    {
      name: 'digits-superres',
      group: 'translation',
      title: l10n.t('Super-resolution of digits, SRGAN'),
      detail: l10n.t('From 7×7 to 28×28 pixels.'),
      imageSize: 28,
    },
    {
      name: 'emoji-pix2pix',
      group: 'translation',
      title: l10n.t('Emoji from line drawings, pix2pix'),
      detail: l10n.t('Colours line drawings, learned from pairs.'),
      imageSize: 64,
      isColour: true,
      fetches: 'emoji',
    },
    {
      name: 'emoji-cyclegan',
      group: 'translation',
      title: l10n.t('Emoji from line drawings, CycleGAN'),
      detail: l10n.t('Learns both directions without a single pair.'),
      imageSize: 32,
      isColour: true,
      fetches: 'emoji',
    },
  ];
}

function linked(): readonly Preset[] {
  return [
    {
      name: 'toy-collapse',
      title: l10n.t('Toy: mode collapse'),
      detail: l10n.t('A generator that leaves out whole clusters.'),
      timedAs: 'toy-ring',
    },
  ];
}

/** The preset that a link or another extension names. */
export function presetNamed(target: unknown): Preset | undefined {
  return allPresets().find(({ name }) => name === target);
}
