/** Share of correctly classified pixels of a label map. */
import type { HostTensor } from '../../shared/host-tensor';
import { confusionOf } from './label-maps';
import { pairedMetric } from './paired-metric';

/** Takes label maps `[count, height, width, classes]`: Σ n_ii / Σ t_i. */
export function accuracyOfPixels(generated: HostTensor, targets: HostTensor): number {
  const { classes, counts } = confusionOf(generated, targets);
  let right = 0;
  for (let c = 0; c < classes; c++) right += counts[c * classes + c] ?? 0;
  return right / counts.reduce((sum, count) => sum + count, 0);
}

export const pixelAccuracy = pairedMetric({
  name: 'pixelAccuracy',
  title: 'Pixel accuracy',
  description:
    'Fraction of pixels with the correct class. Dominated by large classes: a map that is all background can score high.',
  paper: 'Long et al. 2015, "Fully Convolutional Networks for Semantic Segmentation", section 5',
  needs: ['labelMap'],
  compare: accuracyOfPixels,
});
