/** What goes into and comes out of a session of ONNX Runtime: tensors in plain memory, checked against what is declared. */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import type { HostTensor, HostTensors, TensorSpec } from '../../shared/host-tensor';
import type { Program } from '../engine';
import { EngineError } from '../engine-error';

/** The subset of the API of `onnxruntime-node` and `onnxruntime-web` that the engines use; it is the same in both. */
export interface OrtRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): OrtTensor;
    new (type: 'int32', data: Int32Array, dims: readonly number[]): OrtTensor;
  };
}

/** Wraps the values without copying them. */
export function toOrt(runtime: OrtRuntime, host: HostTensor): OrtTensor {
  return host.dtype === 'int32'
    ? new runtime.Tensor('int32', host.data, host.shape)
    : new runtime.Tensor('float32', host.data, host.shape);
}

export function toHost(returned: OrtTensor | undefined, { shape, dtype }: TensorSpec): HostTensor {
  const data = returned?.data;
  if (dtype === 'int32' && data instanceof Int32Array) return { shape, dtype, data };
  if (dtype === 'float32' && data instanceof Float32Array) return { shape, dtype, data };
  throw new EngineError(
    'The runtime returned values of an unexpected type.',
    'Report this with the experiment file.',
  );
}

/** A caller's input, checked against the declared shape: the runtime's own message would not name the program. */
export function inputOf(program: Program, inputs: HostTensors, name: string): HostTensor {
  const host = inputs[name];
  const spec = program.inputs[name];
  if (host === undefined || spec === undefined)
    throw new EngineError(`The program ${program.name} was run without its input ${name}.`, 'Supply it.');
  if (host.shape.join() !== spec.shape.join())
    throw new EngineError(
      `The input ${name} of the program ${program.name} has the shape [${host.shape.join(', ')}]; it was compiled for [${spec.shape.join(', ')}].`,
      'Compile the program again for the new shape.',
    );
  return host;
}

/** Throws `EngineError` if there is no such program. */
export function compiledOf<Compiled>(programs: ReadonlyMap<string, Compiled>, name: string): Compiled {
  const compiled = programs.get(name);
  if (compiled === undefined)
    throw new EngineError(`The program ${name} has not been compiled.`, 'Compile it before running it.');
  return compiled;
}
