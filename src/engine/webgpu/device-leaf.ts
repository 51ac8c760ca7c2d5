/** The value of one leaf at one time, in plain memory or on the graphics device. */
import type { Tensor as OrtTensor } from 'onnxruntime-common';
import { copyOf, type DType, type HostTensor, type TensorSpec } from '../../shared/host-tensor';
import type { DeviceMemory } from './device-memory';

type Place =
  | { readonly host: HostTensor }
  /** `source` is the program that returned the tensor, whose session must outlive it. */
  | { readonly tensor: OrtTensor; readonly source: string | undefined };

export class DeviceLeaf implements TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
  #place: Place;

  constructor({ shape, dtype }: TensorSpec, place: Place) {
    this.shape = shape;
    this.dtype = dtype;
    this.#place = place;
  }

  /** What has been written stays in plain memory until a program reads it. */
  static written(host: HostTensor): DeviceLeaf {
    return new DeviceLeaf(host, { host: copyOf(host) });
  }

  async onDevice(memory: DeviceMemory): Promise<OrtTensor> {
    if ('host' in this.#place)
      this.#place = { tensor: await memory.upload(this.#place.host), source: undefined };
    return this.#place.tensor;
  }

  async read(memory: DeviceMemory): Promise<HostTensor> {
    return 'host' in this.#place ? copyOf(this.#place.host) : await memory.download(this.#place.tensor, this);
  }

  /** Moves the value to plain memory if it is in a buffer of this program's session. */
  async leave(program: string, memory: DeviceMemory): Promise<void> {
    if ('host' in this.#place || this.#place.source !== program) return;
    const { tensor } = this.#place;
    this.#place = { host: await memory.download(tensor, this) };
    tensor.dispose();
  }

  /** Frees the buffer; the value is lost. */
  dispose(): void {
    if ('tensor' in this.#place) this.#place.tensor.dispose();
  }
}
