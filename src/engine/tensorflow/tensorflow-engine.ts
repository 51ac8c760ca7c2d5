/**
 * Runs compiled programs on TensorFlow's C library. The leaves are variables of one session, which all programs share:
 * a run passes only inputs and outputs. Assigning a variable replaces its buffer, so that marking the state copies
 * nothing.
 */
import { describeError, WorkbenchError } from '../../shared/errors';
import type { HostTensors, TensorSpec } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import type { Engine, EngineInfo, Program } from '../engine';
import { EngineError } from '../engine-error';
import { UnknownLeafError } from '../leaf-table';
import { compiledOf, inputOf } from '../onnx/session-values';
import { Tracer } from '../trace/tracer';
import { GraphBuilder } from './graph-builder';
import { tensorFlowLowering } from './lowering';
import { addLeaf, addMark, addProgram, type LeafNodes, type SharedLeaf } from './program-graph';
import type { Call, Session } from './session';

interface Leaf extends SharedLeaf {
  readonly nodes: LeafNodes;
}

interface CompiledProgram {
  readonly program: Program;
  readonly call: Call;
  /** In the order in which the call takes them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What saves and restores all leaves. */
interface MarkCalls {
  readonly mark: Call;
  readonly rollback: Call;
}

export class TensorFlowEngine implements Engine {
  readonly info: EngineInfo;
  readonly #session: Session;
  readonly #tracer = new Tracer(tensorFlowLowering);
  readonly #leaves = new Map<string, Leaf>();
  readonly #programs = new Map<string, CompiledProgram>();
  #graphs = 0;
  #markCalls: MarkCalls | undefined;
  #isMarked = false;

  /** @param session is closed with the engine */
  constructor(session: Session, info: EngineInfo) {
    this.#session = session;
    this.info = info;
  }

  write(leaves: HostTensors): void {
    this.#isMarked = false;
    if (Object.keys(leaves).length === 0) return;
    this.#declare(leaves);
    const written = Object.entries(leaves).map(([name, value]) => ({ nodes: this.#leaf(name).nodes, value }));
    const call = this.#session.prepare(
      written.map(({ nodes }) => nodes.feed),
      [],
      written.map(({ nodes }) => nodes.write),
    );
    this.#session.runSync(
      call,
      written.map(({ value }) => value),
    );
  }

  async read(names: readonly string[]): Promise<HostTensors> {
    if (names.length === 0) return {};
    const fetches = names.map((name) => {
      const { nodes, spec } = this.#leaf(name);
      return { node: nodes.read, spec };
    });
    const values = await this.#session.run(this.#session.prepare([], fetches, []), []);
    return Object.fromEntries(
      names.flatMap((name, i) => (values[i] === undefined ? [] : [[name, values[i]]])),
    );
  }

  leafNames(): readonly string[] {
    return [...this.#leaves.keys()];
  }

  peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number {
    return this.#tracer.peakBytes(program, leaves);
  }

  async compile(program: Program): Promise<void> {
    const specs = Object.fromEntries([...this.#leaves].map(([name, { spec }]) => [name, spec]));
    const traced = this.#tracer.take(program, specs);
    const builder = this.#newGraph();
    const nodes = addProgram(builder, traced, (leaf) => this.#leaf(leaf).sharedName);
    this.#session.add(builder.nodes);
    const inputs = Object.keys(nodes.feeds);
    const outputs = Object.entries(traced.outputs);
    const call = this.#session.prepare(
      Object.values(nodes.feeds),
      outputs.map(([name, spec]) => ({ node: nodes.outputs[name] ?? '', spec })),
      [nodes.update],
    );
    this.#programs.set(program.name, { program, call, inputs, outputs: outputs.map(([name]) => name) });
  }

  async run(name: string, inputs: HostTensors): Promise<HostTensors> {
    const compiled = compiledOf(this.#programs, name);
    const fed = compiled.inputs.map((input) => inputOf(compiled.program, inputs, input));
    const values = await this.#session.run(compiled.call, fed).catch((error: unknown) => {
      throw new EngineError(
        localizable('TensorFlow failed in the program {0}: {1}', name, describeError(error)),
        localizable(
          'Resume from the last checkpoint, with a smaller batch size if memory is full. If this happens again, use the engine "onnx".',
        ),
        { cause: error },
      );
    });
    return Object.fromEntries(
      compiled.outputs.flatMap((output, i) => (values[i] === undefined ? [] : [[output, values[i]]])),
    );
  }

  mark(): void {
    this.#session.runSync(this.#prepareMark().mark);
    this.#isMarked = true;
  }

  rollback(): void {
    if (!this.#isMarked)
      throw new WorkbenchError('There is no state to go back to.', 'Call mark before the step.');
    this.#session.runSync(this.#prepareMark().rollback);
  }

  /** Their nodes remain in the graph, which only grows, until the engine is disposed of. */
  async clear(): Promise<void> {
    this.#programs.clear();
    this.#leaves.clear();
    this.#markCalls = undefined;
    this.#isMarked = false;
  }

  async dispose(): Promise<void> {
    this.#programs.clear();
    this.#leaves.clear();
    this.#session.close();
  }

  /** Makes the variables of leaves that are new or have another shape now. */
  #declare(leaves: Readonly<Record<string, TensorSpec>>): void {
    const builder = this.#newGraph();
    for (const [name, { shape, dtype }] of Object.entries(leaves)) {
      const known = this.#leaves.get(name)?.spec;
      if (known?.dtype === dtype && known.shape.join() === shape.join()) continue;
      const leaf = { sharedName: `${name}/${this.#graphs}`, spec: { shape, dtype } };
      this.#leaves.set(name, { ...leaf, nodes: addLeaf(builder, leaf) });
    }
    if (builder.nodes.length === 0) return;
    this.#session.add(builder.nodes);
    this.#markCalls = undefined;
  }

  #prepareMark(): MarkCalls {
    if (this.#markCalls !== undefined) return this.#markCalls;
    const builder = this.#newGraph();
    const { mark, rollback } = addMark(builder, [...this.#leaves.values()]);
    this.#session.add(builder.nodes);
    this.#markCalls = {
      mark: this.#session.prepare([], [], [mark]),
      rollback: this.#session.prepare([], [], [rollback]),
    };
    return this.#markCalls;
  }

  #newGraph(): GraphBuilder {
    return new GraphBuilder(`graph${this.#graphs++}`);
  }

  #leaf(name: string): Leaf {
    const leaf = this.#leaves.get(name);
    if (leaf === undefined) throw new UnknownLeafError(name);
    return leaf;
  }
}
