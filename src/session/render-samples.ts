/** Which picture a sample becomes: a grid of images, or points over the discriminator's view of the plane. */
import { gridPng } from '../pictures/grid';
import { scatterPng } from '../pictures/scatter';
import type { RenderSamples } from '../training/samples';

export const renderSamples: RenderSamples = (samples) =>
  samples.kind === 'images' ? gridPng(samples.fake) : scatterPng(samples);
