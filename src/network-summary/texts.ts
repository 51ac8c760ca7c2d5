/** Layers and shapes in the words of tables. */
import type { LayerSummary } from '../shared/network-summary';

/** `7 × 7 × 128` */
export function shapeText(extents: readonly number[]): string {
  return extents.join(' × ');
}

export function layerTitle({ kind, kernelSize = 0, stride = 1 }: LayerSummary): string {
  const suffix = stride === 1 ? '' : `, stride ${stride}`;
  switch (kind) {
    case 'convolution':
      return `convolution ${kernelSize}×${kernelSize}${suffix}`;
    case 'transposed-convolution':
      return `transposed convolution ${kernelSize}×${kernelSize}${suffix}`;
    case 'dense':
      return 'dense';
    case 'normalisation':
      return 'normalisation';
    case 'other':
      return 'parameters';
  }
}
