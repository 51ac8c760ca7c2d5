/** Reasons why an image does not fit a network, as clauses for `unsuitable`. */
import type { ExampleShape, ImageShape } from '../../shared/example-shape';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { NetworkContext } from './network';

export const NEEDS_IMAGES = localizable('it needs images, and the data is points; use the network "mlp"');

function sizeText({ width, height }: ImageShape): string {
  return `${width}×${height}`;
}

/** Returns why an image cannot be halved this many times; undefined if it can. */
export function divisionMisfit(halvings: number, example: ExampleShape): LocalizableText | undefined {
  if (example.kind === 'points') return NEEDS_IMAGES;
  const factor = 2 ** halvings;
  return example.height % factor === 0 && example.width % factor === 0
    ? undefined
    : localizable(
        'with {0} layers of stride 2 image sizes must be multiples of {1}, and images are {2}',
        halvings,
        factor,
        sizeText(example),
      );
}

/** Returns why there is no input image of the size of the output; undefined if there is one. */
export function sameSizeMisfit({ example, input }: NetworkContext): LocalizableText | undefined {
  if (example.kind === 'points') return NEEDS_IMAGES;
  if (input === undefined) return localizable('it translates images, and this data has no input images');
  return input.height === example.height && input.width === example.width
    ? undefined
    : localizable(
        'it keeps the image size, and inputs are {0}, targets {1}; use "srresnet" to enlarge',
        sizeText(input),
        sizeText(example),
      );
}
