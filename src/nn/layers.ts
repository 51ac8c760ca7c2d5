/** The layers of networks: functions of a scope, a name and an input. Images are NHWC. */
export { glu, leakyRelu, prelu, relu, scaledLeakyRelu } from './layers/activation';
export { selfAttention } from './layers/attention';
export { downsampleBinomial, upsampleBinomial } from './layers/binomial';
export { type ConvolutionOptions, conv2d, convTranspose2d, PADDINGS } from './layers/convolution';
export { type DenseOptions, dense, flatten } from './layers/dense';
export { dropout } from './layers/dropout';
export {
  type EqualisedConvolutionOptions,
  type EqualisedDenseOptions,
  equalisedConv2d,
  equalisedDense,
} from './layers/equalised';
export { downsampleFir, upsampleFir } from './layers/fir';
export { type GroupedConvolutionOptions, groupedConv2d } from './layers/grouped-convolution';
export { type MinibatchStddevOptions, minibatchStddev } from './layers/minibatch-stddev';
export { type ModulatedConvolutionOptions, modulatedConv2d } from './layers/modulated-convolution';
export { addNoise } from './layers/noise';
export {
  type BatchNormOptions,
  batchNorm,
  instanceNorm,
  layerNorm,
  NORMALISATIONS,
  type Normalisation,
  type NormOptions,
  needsBias,
  norm,
  pixelNorm,
} from './layers/normalisation';
export { pool2d } from './layers/pooling';
export {
  averagePool,
  convMeanPool,
  depthToSpace,
  upsampleConv,
  upsampleNearest,
} from './layers/resampling';
export { enlargeBicubic } from './layers/resize';
