/**
 * The modules, parameters and buffers of a PyTorch module, with the values that they have: what `__init__` declares and
 * the safetensors file holds.
 */
import type { HostTensor } from '../../shared/host-tensor';

export class Parts {
  readonly tensors: Record<string, HostTensor> = {};
  readonly declarations: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #root: string;

  /** @param root prefix of the names of the network's weights */
  constructor(root: string) {
    this.#root = root;
  }

  /** A layer, for instance `nn.Linear(64, 10)`, with its tensors by their names in PyTorch. */
  module(path: string, construction: string, tensors: Readonly<Record<string, HostTensor>>): string {
    const name = this.#nameFor(path);
    this.declarations.push(`self.${name} = ${construction}`);
    for (const [key, tensor] of Object.entries(tensors)) this.tensors[`${name}.${key}`] = tensor;
    return `self.${name}`;
  }

  /** A tensor by itself, the same for the same path and shape. */
  tensor(path: string, tensor: HostTensor, isTrained: boolean): string {
    const key = `${path} ${tensor.shape.join()}`;
    const known = this.#names.get(key);
    if (known !== undefined) return `self.${known}`;
    const name = this.#nameFor(path);
    this.#names.set(key, name);
    const empty = `torch.empty(${pythonTuple(tensor.shape)}${tensor.dtype === 'int32' ? ', dtype=torch.int32' : ''})`;
    this.declarations.push(
      isTrained ? `self.${name} = nn.Parameter(${empty})` : `self.register_buffer("${name}", ${empty})`,
    );
    this.tensors[name] = tensor;
    return `self.${name}`;
  }

  /** A Python identifier for the path of a layer. */
  #nameFor(path: string): string {
    const own = path.startsWith(this.#root) ? path.slice(this.#root.length) : path;
    const plain = own.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, 'layer_') || 'constant';
    const taken = new Set([...this.#names.values()]);
    let name = plain;
    for (let i = 2; taken.has(name); i++) name = `${plain}_${i}`;
    this.#names.set(`${name}#`, name);
    return name;
  }
}

export function pythonTuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}
