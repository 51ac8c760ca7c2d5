/** The lowering of both ONNX Runtime engines: convolutions become matrix products, which the runtime computes fastest. */
import { convolutionKernels } from '../trace/kernels/convolutions';
import { type Lowering, sharedKernels } from '../trace/lowering';
import { convolution, filterGradient, inputGradient } from './convolution';

export const onnxLowering: Lowering = {
  ...sharedKernels,
  ...convolutionKernels({ convolution, inputGradient, filterGradient }),
};
