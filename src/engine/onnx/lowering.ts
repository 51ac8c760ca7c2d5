/**
 * The lowering of ONNX Runtime's engines for processors: convolutions become products of large matrices, which the
 * runtime computes fastest, by whichever method takes the least of them.
 */
import { type ConvolutionMethods, convolutionKernels } from '../trace/kernels/convolutions';
import { traceReduction } from '../trace/kernels/reduction';
import { type Lowering, sharedKernels } from '../trace/lowering';
import { sumColumns } from './column-sums';
import { convolution, filterGradient, inputGradient } from './convolution';
import { winogradMatrices } from './winograd/choice';
import { winogradConvolution, winogradFilterGradient, winogradInputGradient } from './winograd/winograd';

const directMethods: ConvolutionMethods = { convolution, inputGradient, filterGradient };

const fastestMethods: ConvolutionMethods = {
  convolution(graph, x, filter, g) {
    const matrices = winogradMatrices(g);
    return matrices === undefined
      ? convolution(graph, x, filter, g)
      : winogradConvolution(graph, x, filter, g, matrices);
  },
  inputGradient(graph, dy, filter, g) {
    const matrices = winogradMatrices(g);
    return matrices === undefined
      ? inputGradient(graph, dy, filter, g)
      : winogradInputGradient(graph, dy, filter, g, matrices);
  },
  filterGradient(graph, x, dy, g) {
    const matrices = winogradMatrices(g);
    return matrices === undefined
      ? filterGradient(graph, x, dy, g)
      : winogradFilterGradient(graph, x, dy, g, matrices);
  },
};

const kernels = { ...sharedKernels, Sum: traceReduction('ReduceSum', sumColumns) };

/** Computes each convolution as it is defined, one product for each weight and pixel. */
export const directLowering: Lowering = { ...kernels, ...convolutionKernels(directMethods) };

export const onnxLowering: Lowering = { ...kernels, ...convolutionKernels(fastestMethods) };
