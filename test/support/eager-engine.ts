/**
 * Runs programs op by op on a tfjs backend. On tfjs's `cpu` backend it is the oracle that compiled programs are tested
 * against; on tfjs-node, a separate engine.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { EngineInfo, Program, Tensors } from '../../src/engine/engine';
import { StoredStateEngine } from '../../src/engine/stored-state-engine';
import { WorkbenchError } from '../../src/shared/errors';
import type { HostTensor, HostTensors } from '../../src/shared/host-tensor';

export class EagerEngine extends StoredStateEngine {
  readonly #backendName: string;
  readonly #programs = new Map<string, Program>();

  /** @param backendName a registered tfjs backend that initialises synchronously */
  constructor(backendName: string, info: EngineInfo) {
    super(info);
    this.#backendName = backendName;
  }

  /** It frees and reuses as tfjs does, which nobody asks of an oracle. */
  peakBytes(): number {
    return 0;
  }

  async compile(program: Program): Promise<void> {
    this.#programs.set(program.name, program);
  }

  async run(name: string, inputs: HostTensors): Promise<HostTensors> {
    const program = this.#programs.get(name);
    if (program === undefined)
      throw new WorkbenchError(`The program ${name} has not been compiled.`, 'Compile it before running it.');
    const previous = tf.engine().backendName;
    await tf.engine().setBackend(this.#backendName);
    tf.engine().startScope();
    try {
      const state: Tensors = {};
      for (const leaf of program.reads) state[leaf] = toTensor(this.store.current(leaf));
      const given: Tensors = {};
      for (const [input, host] of Object.entries(inputs)) given[input] = toTensor(host);
      const result = program.build(state, given);
      const written: Record<string, HostTensor> = {};
      for (const leaf of program.writes) {
        const tensor = result.state[leaf];
        if (tensor === undefined)
          throw new WorkbenchError(
            `Program ${name} does not return the leaf ${leaf}.`,
            'Return it from build.',
          );
        written[leaf] = await toHost(tensor);
      }
      const outputs: Record<string, HostTensor> = {};
      for (const [output, tensor] of Object.entries(result.outputs)) outputs[output] = await toHost(tensor);
      // Kept tensors outlive their scope; those that are results have been copied.
      for (const tensor of [...Object.values(result.state), ...Object.values(result.outputs)])
        if (!tensor.isDisposed) tensor.dispose();
      this.store.replace(written);
      return outputs;
    } finally {
      tf.engine().endScope();
      if (previous !== undefined && previous !== null) await tf.engine().setBackend(previous);
    }
  }

  async dispose(): Promise<void> {
    await this.dropPrograms();
  }

  protected async dropPrograms(): Promise<void> {
    this.#programs.clear();
  }
}

function toTensor(host: HostTensor): tf.Tensor {
  // tfjs keeps a reference to the array, and the store may hand out the same one again as a spare.
  return tf.tensor(host.data.slice(), [...host.shape], host.dtype);
}

async function toHost(tensor: tf.Tensor): Promise<HostTensor> {
  const data = await tensor.data();
  return tensor.dtype === 'int32'
    ? { shape: tensor.shape, dtype: 'int32', data: Int32Array.from(data) }
    : { shape: tensor.shape, dtype: 'float32', data: Float32Array.from(data) };
}
