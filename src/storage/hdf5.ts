/**
 * HDF5 files of float32 arrays, in the oldest form of the format, which every reader knows: groups as symbol tables and
 * arrays in one piece. Libraries that write HDF5 in JavaScript bring the whole of it as megabytes of WebAssembly.
 *
 * Format: https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t11.html
 */
import type { HostTensor, HostTensors } from '../shared/host-tensor';

interface Group {
  readonly groups: Map<string, Group>;
  readonly arrays: Map<string, HostTensor>;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const SUPERBLOCK_SIZE = 96;
const UNDEFINED = 2n ** 64n - 1n;
/** An object's header ends there, and its messages begin. */
const HEADER_SIZE = 16;
/** Half the number of children that a node of a tree has room for. */
const TREE_K = 16;
const TREE_SIZE = 24 + 8 * (4 * TREE_K + 1);
const ENTRY_SIZE = 40;
/** Of a free list without elements. */
const NO_FREE_BLOCK = 1n;
const MESSAGE = { dataspace: 1, datatype: 3, fillValue: 5, layout: 8, symbolTable: 17 } as const;

/** @param arrays by their paths, with `/` between groups */
export function encodeHdf5(arrays: HostTensors): Buffer {
  const root = groupOf(arrays);
  return new FileWriter(Math.max(4, Math.ceil(mostMembers(root) / 2))).encoded(root);
}

function groupOf(arrays: HostTensors): Group {
  const empty = (): Group => ({ groups: new Map(), arrays: new Map() });
  const root = empty();
  for (const [path, array] of Object.entries(arrays)) {
    const names = path.split('/');
    const own = names.pop() ?? '';
    let group = root;
    for (const name of names) {
      const inner = group.groups.get(name) ?? empty();
      group.groups.set(name, inner);
      group = inner;
    }
    group.arrays.set(own, array);
  }
  return root;
}

function mostMembers({ groups, arrays }: Group): number {
  return Math.max(groups.size + arrays.size, ...[...groups.values()].map(mostMembers));
}

class FileWriter {
  readonly #blocks: Uint8Array[] = [];
  /** Half the number of members that a table of symbols has room for; one table has all members of a group. */
  readonly #tableK: number;
  #end = SUPERBLOCK_SIZE;

  constructor(tableK: number) {
    this.#tableK = tableK;
  }

  encoded(root: Group): Buffer {
    const header = this.#group(root);
    return Buffer.concat([this.#superblock(header), ...this.#blocks]);
  }

  /** Returns the address of a block, which begins at a multiple of 8. */
  #place(block: Uint8Array): bigint {
    const address = this.#end;
    const padding = -block.length & 7;
    this.#blocks.push(block, new Uint8Array(padding));
    this.#end += block.length + padding;
    return BigInt(address);
  }

  #superblock(root: bigint): Uint8Array {
    const bytes = Buffer.alloc(SUPERBLOCK_SIZE);
    bytes.set(SIGNATURE);
    // Sizes of addresses and of lengths.
    bytes.set([8, 8], 13);
    bytes.writeUInt16LE(this.#tableK, 16);
    bytes.writeUInt16LE(TREE_K, 18);
    bytes.writeBigUInt64LE(UNDEFINED, 32);
    bytes.writeBigUInt64LE(BigInt(this.#end), 40);
    bytes.writeBigUInt64LE(UNDEFINED, 48);
    bytes.writeBigUInt64LE(root, 64);
    return bytes;
  }

  #group({ groups, arrays }: Group): bigint {
    const members = [
      ...[...groups].map(([name, group]) => ({ name, header: this.#group(group) })),
      ...[...arrays].map(([name, array]) => ({ name, header: this.#array(array) })),
    ].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    const heap = heapOf(members.map(({ name }) => name));
    const table = Buffer.alloc(8 + 2 * this.#tableK * ENTRY_SIZE);
    table.write('SNOD');
    table[4] = 1;
    table.writeUInt16LE(members.length, 6);
    members.forEach(({ header }, i) => {
      table.writeBigUInt64LE(BigInt(heap.offsets[i] ?? 0), 8 + i * ENTRY_SIZE);
      table.writeBigUInt64LE(header, 16 + i * ENTRY_SIZE);
    });
    const addresses = Buffer.alloc(16);
    addresses.writeBigUInt64LE(this.#tree(this.#place(table), heap.offsets.at(-1) ?? 0));
    addresses.writeBigUInt64LE(this.#heap(heap.bytes), 8);
    return this.#place(objectHeader([[MESSAGE.symbolTable, addresses]]));
  }

  /** A tree with a single table, of which it names the last member. */
  #tree(table: bigint, last: number): bigint {
    const bytes = Buffer.alloc(TREE_SIZE);
    bytes.write('TREE');
    bytes.writeUInt16LE(1, 6);
    bytes.writeBigUInt64LE(UNDEFINED, 8);
    bytes.writeBigUInt64LE(UNDEFINED, 16);
    bytes.writeBigUInt64LE(table, 32);
    bytes.writeBigUInt64LE(BigInt(last), 40);
    return this.#place(bytes);
  }

  #heap(names: Uint8Array): bigint {
    const bytes = Buffer.alloc(32);
    bytes.write('HEAP');
    bytes.writeBigUInt64LE(BigInt(names.length), 8);
    bytes.writeBigUInt64LE(NO_FREE_BLOCK, 16);
    bytes.writeBigUInt64LE(this.#place(names), 24);
    return this.#place(bytes);
  }

  #array({ shape, data }: HostTensor): bigint {
    const values = Float32Array.from(data);
    const address = this.#place(new Uint8Array(values.buffer));
    const layout = Buffer.alloc(18);
    layout.set([3, 1]);
    layout.writeBigUInt64LE(address, 2);
    layout.writeBigUInt64LE(BigInt(values.byteLength), 10);
    return this.#place(
      objectHeader([
        [MESSAGE.dataspace, dataspace(shape)],
        [MESSAGE.datatype, FLOAT32],
        [MESSAGE.fillValue, Uint8Array.of(2, 2, 0, 0)],
        [MESSAGE.layout, layout],
      ]),
    );
  }
}

/** Little-endian, with the sign in bit 31, 8 bits of exponent and 23 of mantissa. */
const FLOAT32 = Uint8Array.of(0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0);

function dataspace(shape: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(8 + 8 * shape.length);
  bytes.set([1, shape.length]);
  shape.forEach((extent, axis) => {
    bytes.writeBigUInt64LE(BigInt(extent), 8 + 8 * axis);
  });
  return bytes;
}

/** Names that end in zeros, the first of them empty, and where each begins. */
function heapOf(names: readonly string[]): {
  readonly bytes: Uint8Array;
  readonly offsets: readonly number[];
} {
  const parts = ['', ...names].map((name) => {
    const text = Buffer.from(`${name}\0`);
    return Buffer.concat([text, Buffer.alloc(-text.length & 7)]);
  });
  const offsets: number[] = [];
  let end = 0;
  for (const { length } of parts) {
    offsets.push(end);
    end += length;
  }
  return { bytes: Buffer.concat(parts), offsets: offsets.slice(1) };
}

function objectHeader(messages: readonly (readonly [type: number, data: Uint8Array])[]): Uint8Array {
  const encoded = messages.map(([type, data]) => {
    const bytes = Buffer.alloc(8 + data.length + (-data.length & 7));
    bytes.writeUInt16LE(type, 0);
    bytes.writeUInt16LE(bytes.length - 8, 2);
    bytes.set(data, 8);
    return bytes;
  });
  const header = Buffer.alloc(HEADER_SIZE);
  header[0] = 1;
  header.writeUInt16LE(messages.length, 2);
  header.writeUInt32LE(1, 4);
  header.writeUInt32LE(
    encoded.reduce((sum, { length }) => sum + length, 0),
    8,
  );
  return Buffer.concat([header, ...encoded]);
}
