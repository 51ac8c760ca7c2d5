/**
 * Runs compiled programs on a graphics device. The state stays there from step to step: the buffers that a run returns
 * are the inputs of the next one. Whatever a session returned has to be freed before the session is released.
 */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import { float32, type HostTensor, type HostTensors, type TensorSpec } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import type { Engine, EngineInfo, Program } from '../engine';
import { EngineError } from '../engine-error';
import { LeafTable } from '../leaf-table';
import { type EncodedGraph, encodeModel } from '../onnx/encode';
import { compiledOf, inputOf, type OrtRuntime, toHost, toOrt } from '../onnx/session-values';
import { INPUT, LEAF_IN, LEAF_OUT, OUTPUT } from '../trace/trace';
import { Tracer } from '../trace/tracer';
import { freeCardMemory } from './card-memory';
import { deviceFailure, isDeviceTrouble } from './device-failure';
import { DeviceLeaf } from './device-leaf';
import type { DeviceMemory } from './device-memory';
import { deviceOptions } from './device-options';
import { webGpuLowering } from './lowering';
import { concatenate, PACKED_INPUTS, packInputs } from './packed-inputs';
import { PACKED_OUTPUTS, packOutputs, unpackOutputs } from './packed-outputs';
import { unsupportedNode } from './unsupported';

interface CompiledProgram {
  readonly program: Program;
  readonly session: InferenceSession;
  /** The inputs that are passed as one. */
  readonly packed: readonly string[];
  readonly outputs: Readonly<Record<string, TensorSpec>>;
}

export class WebGpuEngine implements Engine {
  readonly info: EngineInfo;
  readonly #runtime: OrtRuntime;
  readonly #memory: DeviceMemory;
  readonly #onDisposed: () => void;
  readonly #tracer = new Tracer(webGpuLowering);
  readonly #leaves = new LeafTable<DeviceLeaf>((leaf) => leaf.dispose());
  readonly #programs = new Map<string, CompiledProgram>();
  #hasFailed = false;

  /**
   * @param memory is closed with the engine
   * @param onDisposed is called when nothing of the engine is on the device any longer
   */
  constructor(runtime: OrtRuntime, memory: DeviceMemory, info: EngineInfo, onDisposed: () => void) {
    this.info = info;
    this.#runtime = runtime;
    this.#memory = memory;
    this.#onDisposed = onDisposed;
  }

  write(leaves: HostTensors): void {
    this.#leaves.write(
      Object.fromEntries(Object.entries(leaves).map(([name, leaf]) => [name, DeviceLeaf.written(leaf)])),
    );
  }

  async read(names: readonly string[]): Promise<HostTensors> {
    const leaves = names.map((name) => [name, this.#leaves.current(name)] as const);
    const read: [string, HostTensors[string]][] = [];
    for (const [name, leaf] of leaves) read.push([name, await leaf.read(this.#memory)]);
    return Object.fromEntries(read);
  }

  leafNames(): readonly string[] {
    return this.#leaves.names();
  }

  peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number {
    return this.#tracer.peakBytes(program, leaves);
  }

  freeBytes(): number | undefined {
    return freeCardMemory(this.info.adapter ?? '');
  }

  async compile(program: Program): Promise<void> {
    const traced = this.#tracer.take(program, this.#leaves.specs());
    const { graph, packed } = packInputs(traced.graph, packOutputs(traced));
    await this.#release(program.name);
    const session = await this.#createSession(program, graph);
    this.#programs.set(program.name, { program, session, packed, outputs: traced.outputs });
  }

  async run(name: string, inputs: HostTensors): Promise<HostTensors> {
    const compiled = compiledOf(this.#programs, name);
    const { program, session, outputs } = compiled;
    const feeds: Record<string, OrtTensor> = {};
    for (const input of session.inputNames)
      feeds[input] = input.startsWith(LEAF_IN)
        ? await this.#leaves.current(input.slice(LEAF_IN.length)).onDevice(this.#memory)
        : toOrt(this.#runtime, fedInput(compiled, inputs, input));
    const returned = await session.run(feeds).catch((error: unknown) => {
      this.#hasFailed = true;
      throw deviceFailure(name, error);
    });
    const results = hostOutputs(returned, outputs);
    this.#leaves.replace(
      Object.fromEntries(
        program.writes.map((leaf) => {
          const tensor = returned[LEAF_OUT + leaf];
          if (tensor === undefined) throw new RangeError(`no new value of ${leaf}`);
          return [leaf, new DeviceLeaf(this.#leaves.current(leaf), { tensor, source: name })];
        }),
      ),
    );
    return results;
  }

  mark(): void {
    this.#leaves.mark();
  }

  rollback(): void {
    this.#leaves.rollback();
  }

  async clear(): Promise<void> {
    this.#leaves.clear();
    for (const { session } of this.#programs.values()) await session.release();
    this.#programs.clear();
  }

  /** After a failure as well: what cannot be freed is gone with the device, and must not hide why. */
  async dispose(): Promise<void> {
    const problems: unknown[] = [];
    const attempt = async (free: () => unknown): Promise<void> => {
      try {
        await free();
      } catch (error) {
        problems.push(error);
      }
    };
    for (const leaf of this.#leaves.all()) await attempt(() => leaf.dispose());
    for (const { session } of this.#programs.values()) await attempt(() => session.release());
    this.#programs.clear();
    await attempt(() => this.#memory.close());
    this.#onDisposed();
    if (problems.length > 0 && !this.#hasFailed) throw problems[0];
  }

  async #createSession({ name }: Program, graph: EncodedGraph): Promise<InferenceSession> {
    const options = deviceOptions(
      Object.fromEntries(
        graph.outputs.map((output) => [output.name, output.name.startsWith(LEAF_OUT) ? 'gpu-buffer' : 'cpu']),
      ),
    );
    try {
      return await this.#runtime.InferenceSession.create(encodeModel(graph), options);
    } catch (error) {
      // Where the device itself fails, it would fail with each node alone.
      const node = isDeviceTrouble(error) ? undefined : await unsupportedNode(this.#runtime, graph);
      if (node === undefined) throw deviceFailure(name, error);
      throw new EngineError(
        localizable('The graphics card cannot compute {0}, which the program {1} needs.', node, name),
        localizable('Use the engine "onnx", and report this with the experiment file.'),
        { cause: error },
      );
    }
  }

  async #release(name: string): Promise<void> {
    const compiled = this.#programs.get(name);
    if (compiled === undefined) return;
    for (const leaf of this.#leaves.all()) await leaf.leave(name, this.#memory);
    this.#programs.delete(name);
    await compiled.session.release();
  }
}

/** @param input name in the session */
function fedInput({ program, packed }: CompiledProgram, inputs: HostTensors, input: string): HostTensor {
  if (input !== PACKED_INPUTS) return inputOf(program, inputs, input.slice(INPUT.length));
  const data = concatenate(packed.map((name) => inputOf(program, inputs, name)));
  return float32([data.length], data);
}

function hostOutputs(
  returned: InferenceSession.ReturnType,
  outputs: Readonly<Record<string, TensorSpec>>,
): HostTensors {
  const vector = returned[PACKED_OUTPUTS]?.data;
  const floats = vector instanceof Float32Array ? unpackOutputs(outputs, vector) : {};
  return Object.fromEntries(
    Object.entries(outputs).map(([name, spec]) => [
      name,
      floats[name] ?? toHost(returned[OUTPUT + name], spec),
    ]),
  );
}
