/** All layers that a layer list can name. */
import {
  activationLayer,
  batchNormLayer,
  dropoutLayer,
  minibatchStddevLayer,
  normLayer,
} from './elementwise';
import {
  attentionLayer,
  averagePoolLayer,
  convolutionLayer,
  maxPoolLayer,
  nearestLayer,
  subPixelLayer,
  upsampleLayer,
} from './images';
import type { ListedLayer } from './layer';
import { denseLayer, flattenLayer, poolLayer, reshapeLayer } from './vectors';

export const listedLayers: readonly ListedLayer[] = [
  denseLayer,
  reshapeLayer,
  flattenLayer,
  poolLayer,
  convolutionLayer,
  upsampleLayer,
  nearestLayer,
  subPixelLayer,
  averagePoolLayer,
  maxPoolLayer,
  attentionLayer,
  activationLayer,
  normLayer,
  batchNormLayer,
  dropoutLayer,
  minibatchStddevLayer,
];
