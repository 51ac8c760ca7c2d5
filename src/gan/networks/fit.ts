/** Sentences on why an image does not fit a network, for `unsuitable`. */
import type { ExampleShape, ImageShape } from '../../data/source';
import type { NetworkContext } from './network';

export const NEEDS_IMAGES = 'it makes images, and the data are points; use the network "mlp"';

function sizeText({ width, height }: ImageShape): string {
  return `${width}×${height}`;
}

/** Whether an image can be halved that often. */
export function divisionMisfit(halvings: number, example: ExampleShape): string | undefined {
  if (example.kind === 'points') return NEEDS_IMAGES;
  const factor = 2 ** halvings;
  return example.height % factor === 0 && example.width % factor === 0
    ? undefined
    : `its ${halvings} strides of 2 need sizes that are multiples of ${factor}, and the images are ${sizeText(example)}`;
}

/** Whether there is an image given, of the size of the one to be made. */
export function sameSizeMisfit({ example, input }: NetworkContext): string | undefined {
  if (example.kind === 'points') return NEEDS_IMAGES;
  if (input === undefined) return 'it turns one image into another, and the data gives none to start from';
  return input.height === example.height && input.width === example.width
    ? undefined
    : `it keeps the size of the image given, which is ${sizeText(input)}, and ${sizeText(example)} is to be made; "srresnet" enlarges`;
}
