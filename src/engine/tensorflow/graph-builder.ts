/** Collects the nodes of a TensorFlow graph under names that are unique in the session. */
import type { ElementType, GraphValue } from '../trace/graph';
import type { Attribute, ConstantTensor, TensorFlowNode } from './graph-def';

export class GraphBuilder {
  readonly nodes: TensorFlowNode[] = [];
  readonly #prefix: string;
  readonly #integers = new Map<string, string>();

  /** @param prefix no other graph of the session may have it */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds a node, and returns its name, which is made up unless one is given. */
  add(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name = `${this.#prefix}/${op}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ op, name, inputs, attributes });
    return name;
  }

  constant(tensor: ConstantTensor): string {
    return this.add('Const', [], { dtype: { type: tensor.type }, value: { tensor } });
  }

  /** A list of integers, which TensorFlow takes as an input: shapes, axes, paddings. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const key = `${shape.join()}|${values.join()}`;
    const known = this.#integers.get(key);
    if (known !== undefined) return known;
    const added = this.constant({ type: 'int32', shape, data: Int32Array.from(values) });
    this.#integers.set(key, added);
    return added;
  }

  /** A variable, which is the same in all graphs of a session that name it. */
  variable(sharedName: string, { type, shape }: Pick<GraphValue, 'type' | 'shape'>, name?: string): string {
    const attributes = { dtype: { type }, shape: { shape }, shared_name: { string: sharedName } };
    return this.add('VarHandleOp', [], attributes, name);
  }

  read(variable: string, type: ElementType): string {
    return this.add('ReadVariableOp', [variable], { dtype: { type } });
  }

  /** @param after nodes that must have run before */
  assign(variable: string, value: string, type: ElementType, after: readonly string[] = []): string {
    return this.add('AssignVariableOp', [variable, value, ...after.map((name) => `^${name}`)], {
      dtype: { type },
    });
  }

  /** A node that runs when all of these have run. */
  group(names: readonly string[]): string {
    return this.add(
      'NoOp',
      names.map((name) => `^${name}`),
    );
  }
}
