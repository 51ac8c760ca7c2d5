/**
 * Runs compiled programs on ONNX Runtime. Each program is one session; the state is held in plain arrays that are
 * passed to a run as inputs. The arrays that a run returns become the new state: both runtimes return copies in arrays of
 * their own, even of preallocated outputs, so that preallocating would only add a second copy.
 */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import type { HostTensors, TensorSpec } from '../../shared/host-tensor';
import type { EngineInfo, Program } from '../engine';
import { StoredStateEngine } from '../stored-state-engine';
import type { Lowering } from '../trace/lowering';
import { INPUT, LEAF_IN, LEAF_OUT, OUTPUT } from '../trace/trace';
import { Tracer } from '../trace/tracer';
import { encodeModel } from './encode';
import { compiledOf, inputOf, type OrtRuntime, toHost, toOrt } from './session-values';

interface CompiledProgram {
  readonly program: Program;
  readonly session: InferenceSession;
  readonly outputs: Readonly<Record<string, TensorSpec>>;
  readonly modelBytes: number;
}

export interface OnnxEngineOptions {
  readonly lowering: Lowering;
  /** Path prefix for a profile of each program, for performance work. */
  readonly profilePrefix?: string;
  /** Whether the runtime rewrites each graph to run faster, as by default; a few steps take longer to rewrite than run. */
  readonly rewritesGraphs?: boolean;
}

export class OnnxEngine extends StoredStateEngine {
  readonly #runtime: OrtRuntime;
  readonly #tracer: Tracer;
  readonly #programs = new Map<string, CompiledProgram>();
  readonly #profilePrefix: string | undefined;
  readonly #rewritesGraphs: boolean;

  constructor(runtime: OrtRuntime, info: EngineInfo, options: OnnxEngineOptions) {
    super(info);
    this.#runtime = runtime;
    this.#tracer = new Tracer(options.lowering);
    this.#profilePrefix = options.profilePrefix;
    this.#rewritesGraphs = options.rewritesGraphs ?? true;
  }

  peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number {
    return this.#tracer.peakBytes(program, leaves);
  }

  async compile(program: Program): Promise<void> {
    const traced = this.#tracer.take(program, this.store.specs());
    const model = encodeModel(traced.graph, { hidesShapes: true });
    await this.#programs.get(program.name)?.session.release();
    const session = await this.#runtime.InferenceSession.create(model, {
      intraOpNumThreads: this.info.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: this.#rewritesGraphs ? 'all' : 'disabled',
      // A memory pattern would allocate another block as large as all live values, on top of what the first run
      // allocated.
      enableMemPattern: false,
      // Each session has threads of its own, which wait for work by spinning. Those of one program would go on after its
      // run and take processors away from the next program.
      extra: { session: { force_spinning_stop: '1' } },
      // Errors only: the runtime warns of each shape that is hidden from it.
      logSeverityLevel: 3,
      ...(this.#profilePrefix === undefined
        ? {}
        : { enableProfiling: true, profileFilePrefix: this.#profilePrefix + program.name }),
    });
    this.#programs.set(program.name, {
      program,
      session,
      outputs: traced.outputs,
      modelBytes: model.byteLength,
    });
  }

  /** Size of a compiled program's model in bytes, excluding weights and activations. */
  modelBytes(name: string): number {
    return compiledOf(this.#programs, name).modelBytes;
  }

  async run(name: string, inputs: HostTensors): Promise<HostTensors> {
    const { program, session, outputs } = compiledOf(this.#programs, name);
    const feeds: Record<string, OrtTensor> = {};
    // The session only declares inputs that the program's outputs depend on.
    for (const input of session.inputNames) {
      const host = input.startsWith(LEAF_IN)
        ? this.store.current(input.slice(LEAF_IN.length))
        : inputOf(program, inputs, input.slice(INPUT.length));
      feeds[input] = toOrt(this.#runtime, host);
    }
    const returned = await session.run(feeds, [
      ...program.writes.map((leaf) => LEAF_OUT + leaf),
      ...Object.keys(outputs).map((output) => OUTPUT + output),
    ]);
    const written = Object.fromEntries(
      program.writes.map((leaf) => [leaf, toHost(returned[LEAF_OUT + leaf], this.store.current(leaf))]),
    );
    const results = Object.fromEntries(
      Object.entries(outputs).map(([output, spec]) => [output, toHost(returned[OUTPUT + output], spec)]),
    );
    this.store.replace(written);
    return results;
  }

  async dispose(): Promise<void> {
    await this.dropPrograms();
  }

  protected async dropPrograms(): Promise<void> {
    for (const { session } of this.#programs.values()) await session.release();
    this.#programs.clear();
  }
}
