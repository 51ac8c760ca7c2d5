/** Registers the `trace` backend and its kernels with tfjs. To add a kernel, add an entry to one of the tables. */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { TRACE_BACKEND, TraceBackend, TraceError } from './backend';
import type { KernelTable, TracedKernel } from './kernel';
import { elementwiseKernels } from './kernels/elementwise';
import { linearKernels } from './kernels/linear';
import { reductionKernels } from './kernels/reduction';
import { shapeKernels } from './kernels/shape';

export const tracedKernels: KernelTable = {
  ...elementwiseKernels,
  ...shapeKernels,
  ...reductionKernels,
  ...linearKernels,
};

let backend: TraceBackend | undefined;

/** The backend, registered on first use. */
export function traceBackend(): TraceBackend {
  if (backend !== undefined) return backend;
  const created = new TraceBackend();
  backend = created;
  tf.registerBackend(TRACE_BACKEND, () => created, 0);
  for (const [kernelName, kernel] of Object.entries(tracedKernels))
    tf.registerKernel({
      kernelName,
      backendName: TRACE_BACKEND,
      kernelFunc: kernelFunction(kernelName, kernel, created),
    });
  return created;
}

function kernelFunction(name: string, kernel: TracedKernel, on: TraceBackend): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const tensors = namedTensors(inputs);
    try {
      const result = kernel({
        graph: on.graph,
        tensors,
        inputs: Object.values(tensors).map((tensor) => on.graphValue(tensor)),
        attributes: attrs ?? {},
        input: (inputName) => {
          const tensor = tensors[inputName];
          if (tensor === undefined) throw new TypeError(`input ${inputName} is missing`);
          return on.graphValue(tensor);
        },
      });
      return isList(result) ? result.map((value) => on.tensorOf(value)) : on.tensorOf(result);
    } catch (error) {
      if (error instanceof TypeError)
        throw new TraceError(
          `The operation ${name} cannot be compiled in this form: ${error.message}.`,
          'Express it with other operations.',
        );
      throw error;
    }
  };
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** Lists arrive under the keys 0, 1, … */
function namedTensors(inputs: NamedTensorInfoMap): Record<string, TensorInfo> {
  const named: Record<string, TensorInfo> = {};
  for (const [name, tensor] of Object.entries(inputs))
    if (tensor !== undefined && tensor !== null) named[name] = tensor;
  return named;
}
