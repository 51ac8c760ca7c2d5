/** The legend's words and colours for each layer of the plane. */
import { DISCRIMINATOR_COLOUR, GENERATOR_COLOUR } from '../../shared/player-colours';
import { t } from '../../shared/texts';
import type { PlaneLayer } from './layers';

export interface LayerLook {
  readonly title: string;
  readonly explanation: string;
  /** CSS variable. */
  readonly colour: string;
}

export function layerLook(layer: PlaneLayer): LayerLook {
  switch (layer) {
    case 'realPoints':
      return {
        title: t('Real points'),
        explanation: t('Points of the data.'),
        colour: DISCRIMINATOR_COLOUR,
      };
    case 'fakePoints':
      return {
        title: t('Generated points'),
        explanation: t('What the generator makes of the same latents at each step.'),
        colour: GENERATOR_COLOUR,
      };
    case 'discriminator':
      return {
        title: t('Discriminator'),
        explanation: t(
          'Discriminator output at each place, from real to generated; clear where it is undecided.',
        ),
        colour: DISCRIMINATOR_COLOUR,
      };
    case 'gradients':
      return {
        title: t('Gradients'),
        explanation: t(
          'Where the generator’s loss pulls each point: minus its gradient g, drawn with a length proportional to |g| / (1 + |g|).',
        ),
        colour: '--vscode-foreground',
      };
    case 'manifold':
      return {
        title: t('Manifold'),
        explanation: t(
          'A grid of latents as the generator maps it to the plane. Each cell is equally probable, so the smaller it becomes, the denser it is drawn.',
        ),
        colour: GENERATOR_COLOUR,
      };
    case 'realDensity':
      return {
        title: t('Real density'),
        explanation: t(
          'Contours of the density of the real points, at 10, 30 and 60 % of its maximum; a kernel estimate.',
        ),
        colour: DISCRIMINATOR_COLOUR,
      };
    case 'fakeDensity':
      return {
        title: t('Generated density'),
        explanation: t('Contours of the density of the generated points, at the levels of the real density.'),
        colour: GENERATOR_COLOUR,
      };
  }
}
