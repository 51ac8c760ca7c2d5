/** A session of TensorFlow's C API with its graph, to which programs are added; values cross as plain arrays. */
import koffi from 'koffi';
import { float32, type HostTensor, sizeOf, type TensorSpec } from '../../shared/host-tensor';
import type { Pointer, SessionRunArguments, TensorFlowApi } from './c-api';
import { DATA_TYPE, encodeGraphDef, encodeSessionConfig, type TensorFlowNode } from './graph-def';

/** What TensorFlow reports, in its own words. */
class TensorFlowError extends Error {}

export interface Fetch {
  readonly node: string;
  readonly spec: TensorSpec;
}

/** What is run: looked up once, and run many times. */
export interface Call {
  readonly feeds: BigUint64Array;
  readonly fetches: BigUint64Array;
  readonly specs: readonly TensorSpec[];
  readonly targets: BigUint64Array;
}

const BYTES = 4;
const KOFFI_TYPE = { float32: 'float', int32: 'int32' } as const;

export class Session {
  readonly #api: TensorFlowApi;
  readonly #graph: Pointer;
  readonly #session: Pointer;

  /** Throws `TensorFlowError` if no session can be opened. */
  constructor(api: TensorFlowApi, threads: number) {
    this.#api = api;
    this.#graph = api.newGraph();
    const options = api.newSessionOptions();
    const config = encodeSessionConfig(threads);
    const session = this.#checked((status) => {
      api.setConfig(options, config, config.length, status);
      return api.newSession(this.#graph, options, status);
    });
    api.deleteSessionOptions(options);
    if (session === null) throw new TensorFlowError('TensorFlow opened no session.');
    this.#session = session;
  }

  /** Types of the devices, such as `CPU` and `GPU`. */
  deviceTypes(): readonly string[] {
    const api = this.#api;
    const list = this.#checked((status) => api.listDevices(this.#session, status));
    if (list === null) return [];
    const types = Array.from({ length: api.deviceCount(list) }, (_, i) =>
      this.#checked((status) => api.deviceType(list, i, status)),
    );
    api.deleteDevices(list);
    return types;
  }

  add(nodes: readonly TensorFlowNode[]): void {
    const api = this.#api;
    const definition = encodeGraphDef(nodes);
    const buffer = api.newBuffer(definition, definition.length);
    const options = api.newImportOptions();
    try {
      this.#checked((status) => api.importGraph(this.#graph, buffer, options, status));
    } finally {
      api.deleteImportOptions(options);
      api.deleteBuffer(buffer);
    }
  }

  /** @param targets nodes that are run for their effect */
  prepare(feeds: readonly string[], fetches: readonly Fetch[], targets: readonly string[]): Call {
    return {
      feeds: this.#outputsOf(feeds),
      fetches: this.#outputsOf(fetches.map(({ node }) => node)),
      specs: fetches.map(({ spec }) => spec),
      targets: BigUint64Array.from(targets.map((name) => this.#operation(name))),
    };
  }

  /** Blocks until the session has run. */
  runSync(call: Call, values: readonly HostTensor[] = []): readonly HostTensor[] {
    const { args, finish } = this.#begin(call, values);
    this.#api.runSession(...args);
    return finish();
  }

  async run(call: Call, values: readonly HostTensor[]): Promise<readonly HostTensor[]> {
    const { args, finish } = this.#begin(call, values);
    const error = await new Promise((resolve) => {
      this.#api.runSession.async(...args, resolve);
    });
    if (error !== null && error !== undefined) throw error;
    return finish();
  }

  close(): void {
    const api = this.#api;
    this.#checked((status) => api.closeSession(this.#session, status));
    this.#checked((status) => api.deleteSession(this.#session, status));
    api.deleteGraph(this.#graph);
  }

  #begin(
    { feeds, fetches, specs, targets }: Call,
    values: readonly HostTensor[],
  ): { readonly args: SessionRunArguments; finish(): readonly HostTensor[] } {
    const api = this.#api;
    const inputs = BigUint64Array.from(values.map((value) => this.#tensorOf(value)));
    const outputs = new BigUint64Array(specs.length);
    const status = api.newStatus();
    return {
      args: [
        this.#session,
        null,
        feeds,
        inputs,
        inputs.length,
        fetches,
        outputs,
        outputs.length,
        targets,
        targets.length,
        null,
        status,
      ],
      finish: () => {
        for (const tensor of inputs) api.deleteTensor(tensor);
        this.#check(status);
        return specs.map((spec, i) => this.#take(outputs[i] ?? 0n, spec));
      },
    };
  }

  #tensorOf({ shape, dtype, data }: HostTensor): Pointer {
    const extents = BigInt64Array.from(shape, BigInt);
    const tensor = this.#api.allocateTensor(DATA_TYPE[dtype], extents, shape.length, data.length * BYTES);
    if (tensor === null) throw new TensorFlowError('There is no memory for a tensor.');
    koffi.encode(this.#api.tensorData(tensor), KOFFI_TYPE[dtype], data, data.length);
    return tensor;
  }

  /** Copies the values of a tensor and frees it. */
  #take(tensor: Pointer, { shape, dtype }: TensorSpec): HostTensor {
    const values: unknown = koffi.decode(this.#api.tensorData(tensor), KOFFI_TYPE[dtype], sizeOf(shape));
    this.#api.deleteTensor(tensor);
    if (dtype === 'int32' && values instanceof Int32Array) return { shape, dtype, data: values };
    if (values instanceof Float32Array) return float32(shape, values);
    throw new TypeError('koffi returned values of an unexpected type');
  }

  /** Pairs of an operation and the number of its output, which is the first one here. */
  #outputsOf(nodes: readonly string[]): BigUint64Array {
    return BigUint64Array.from(nodes.flatMap((name) => [this.#operation(name), 0n]));
  }

  #operation(name: string): Pointer {
    const operation = this.#api.operation(this.#graph, name);
    if (operation === null) throw new TensorFlowError(`The graph has no node ${name}.`);
    return operation;
  }

  #checked<Result>(call: (status: Pointer) => Result): Result {
    const status = this.#api.newStatus();
    const result = call(status);
    this.#check(status);
    return result;
  }

  /** Frees the status, and throws if it is an error. */
  #check(status: Pointer): void {
    const api = this.#api;
    const message = api.statusCode(status) === 0 ? undefined : api.statusMessage(status);
    api.deleteStatus(status);
    if (message !== undefined) throw new TensorFlowError(message);
  }
}
