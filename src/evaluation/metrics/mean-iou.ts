/** Mean intersection over union of the classes of label maps. */
import type { HostTensor } from '../../shared/host-tensor';
import type { Confusion } from './label-maps';
import { confusionOf } from './label-maps';
import { pairedMetric } from './paired-metric';

/** n_ii / (t_i + Σ_j n_ji - n_ii) of each class over all pixels; NaN for a class that occurs on neither side. */
function intersectionOverUnion({ classes, counts }: Confusion): number[] {
  return Array.from({ length: classes }, (_, c) => {
    const both = counts[c * classes + c] ?? 0;
    let either = -both;
    for (let other = 0; other < classes; other++)
      either += (counts[c * classes + other] ?? 0) + (counts[other * classes + c] ?? 0);
    return both / either;
  });
}

/** Takes label maps `[count, height, width, classes]`; ignores a class that occurs in no output and no target. */
export function meanIntersectionOverUnion(generated: HostTensor, targets: HostTensor): number {
  const found = intersectionOverUnion(confusionOf(generated, targets)).filter(
    (value) => !Number.isNaN(value),
  );
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}

export const meanIou = pairedMetric({
  name: 'meanIou',
  title: 'Mean IoU',
  description:
    'Intersection over union of each class over all images, averaged over classes, so small classes count as much as large ones.',
  paper: 'Long et al. 2015, "Fully Convolutional Networks for Semantic Segmentation", section 5',
  needs: ['labelMap'],
  compare: meanIntersectionOverUnion,
});
