/**
 * What an engine makes of the tfjs operations in a program: a table of kernels that the engine passes to the trace. An
 * engine for another machine spreads `sharedKernels`, or another engine's lowering, and replaces kernels in its own
 * table.
 */
import type { TracedKernel } from './kernel';
import type { ConvolutionKernels } from './kernels/convolutions';
import { elementwiseKernels } from './kernels/elementwise';
import { productKernels } from './kernels/product';
import { reductionKernels } from './kernels/reduction';
import { shapeKernels } from './kernels/shape';

/** Kernels for which ONNX has an operator, or a short sequence of operators. */
export const sharedKernels = {
  ...elementwiseKernels,
  ...shapeKernels,
  ...reductionKernels,
  ...productKernels,
};

/** Every lowering has all kernels, so that a program that compiles for one engine compiles for each. */
export type Lowering = Readonly<Record<keyof typeof sharedKernels, TracedKernel>> & ConvolutionKernels;
