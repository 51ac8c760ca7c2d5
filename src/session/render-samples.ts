/**
 * Selects the picture that a sample is rendered as: a grid of images, or points over the discriminator's view of the
 * plane.
 */

import { samplesPng } from '../pictures/samples-png';
import { scatterPng } from '../pictures/scatter';
import type { ExampleShape } from '../shared/example-shape';
import type { RenderSamples } from '../training/samples';

export function rendererOf(example: ExampleShape): RenderSamples {
  return (samples) => (samples.kind === 'images' ? samplesPng(samples, example) : scatterPng(samples));
}
