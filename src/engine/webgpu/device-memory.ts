/**
 * Tensors between plain memory and the graphics device. The binding aborts the process when asked for the values of a
 * tensor on the device, so they pass through sessions of a single `Identity`.
 */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import type { DType, HostTensor, TensorSpec } from '../../shared/host-tensor';
import { encodeProtobuf } from '../onnx/protobuf';
import { type OrtRuntime, toHost, toOrt } from '../onnx/session-values';
import { deviceFailure } from './device-failure';
import { deviceOptions } from './device-options';

type Place = 'gpu-buffer' | 'cpu';

export class DeviceMemory {
  readonly #runtime: OrtRuntime;
  readonly #sessions = new Map<string, InferenceSession>();

  constructor(runtime: OrtRuntime) {
    this.#runtime = runtime;
  }

  /** Copies the values; the caller disposes of the result before this is closed. */
  async upload(host: HostTensor): Promise<OrtTensor> {
    return await this.#pass(toOrt(this.#runtime, host), host.dtype, 'gpu-buffer');
  }

  async download(tensor: OrtTensor, spec: TensorSpec): Promise<HostTensor> {
    return toHost(await this.#pass(tensor, spec.dtype, 'cpu'), spec);
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
    this.#sessions.clear();
  }

  async #pass(tensor: OrtTensor, dtype: DType, to: Place): Promise<OrtTensor> {
    const session = await this.#session(dtype, to);
    const { y } = await session.run({ x: tensor }).catch((error: unknown) => {
      throw deviceFailure('copy', error);
    });
    if (y === undefined) throw new RangeError('the runtime returned no copy');
    return y;
  }

  async #session(dtype: DType, to: Place): Promise<InferenceSession> {
    const key = `${dtype} ${to}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const session = await this.#runtime.InferenceSession.create(identity(dtype), deviceOptions({ y: to }));
    this.#sessions.set(key, session);
    return session;
  }
}

function identity(type: DType): Uint8Array {
  return encodeProtobuf({
    name: 'copy',
    inputs: [{ name: 'x', type }],
    outputs: [{ name: 'y', type }],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
  });
}
