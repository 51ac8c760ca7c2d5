/** Registers a trace backend with tfjs for each lowering, with the lowering's kernels. */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { TraceBackend, TraceError } from './backend';
import type { TracedKernel } from './kernel';
import type { Lowering } from './lowering';

const backends = new Map<Lowering, TraceBackend>();

/** The backend of a lowering, registered on first use. */
export function traceBackend(lowering: Lowering): TraceBackend {
  const known = backends.get(lowering);
  if (known !== undefined) return known;
  const backend = new TraceBackend(`trace ${backends.size + 1}`);
  backends.set(lowering, backend);
  tf.registerBackend(backend.name, () => backend, 0);
  for (const [kernelName, kernel] of Object.entries(lowering))
    tf.registerKernel({
      kernelName,
      backendName: backend.name,
      kernelFunc: kernelFunction(kernelName, kernel, backend),
    });
  return backend;
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
