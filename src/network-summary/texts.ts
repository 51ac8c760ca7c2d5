/** Layers and shapes in the words of tables. */
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { LayerSummary } from '../shared/network-summary';

/** `7 × 7 × 128` */
export function shapeText(extents: readonly number[]): string {
  return extents.join(' × ');
}

export function layerTitle({ kind, kernelSize = 0, stride = 1 }: LayerSummary): LocalizableText {
  const size = `${kernelSize}×${kernelSize}`;
  switch (kind) {
    case 'convolution':
      return stride === 1
        ? localizable('convolution {0}', size)
        : localizable('convolution {0}, stride {1}', size, stride);
    case 'transposed-convolution':
      return stride === 1
        ? localizable('transposed convolution {0}', size)
        : localizable('transposed convolution {0}, stride {1}', size, stride);
    case 'dense':
      return localizable('dense');
    case 'normalisation':
      return localizable('normalisation');
    case 'other':
      return localizable('parameters');
  }
}
