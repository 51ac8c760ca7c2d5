import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { worstError } from '../../test/support/engines';
import { networkOnBoth } from '../../test/support/networks';
import type { NetworkContext } from '../gan/networks/network';
import { declareNetwork } from '../nn/parameters';
import { loadKeptNetworks, loadUserNetworks } from './user-networks';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'user-networks-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The networks of a config. */
const config = (module: string) => ({
  generator: { network: 'module', module, export: 'generator' },
  discriminator: { network: 'mlp' },
});

const context: NetworkContext = {
  example: { kind: 'image', height: 4, width: 4, channels: 1 },
  latentSize: 3,
};

const NETS = `
import { WIDTH } from './lib/sizes.mjs';

export function generator(scope, latents, { tf, layers, initialisers, example }) {
  let x = layers.dense(scope, 'project', latents, { units: 2 * 2 * WIDTH, initialiser: initialisers.heNormal });
  x = layers.relu(layers.norm(scope, 'norm', x.reshape([-1, 2, 2, WIDTH]), 'instance'));
  const scale = scope.layer('own', (own) => own.parameter('scale', [1], initialisers.ones));
  x = layers.convTranspose2d(scope, 'up', x, { filters: example.channels, kernelSize: 4, strides: 2 });
  return tf.tanh(x.mul(scale));
}
`;

async function write(name: string, text: string): Promise<void> {
  await mkdir(join(folder, 'lib'), { recursive: true });
  await writeFile(join(folder, 'lib/empty.mjs'), '');
  await writeFile(join(folder, name), text);
}

async function networkOf(text: string, name = 'generator') {
  await write('nets.mjs', text);
  const modules = await loadUserNetworks(config('./nets.mjs'), folder);
  return modules.network('./nets.mjs', name, context);
}

/** Returns the error message shown when the network is applied to a batch of 2. */
async function messageOf(text: string, name?: string): Promise<string> {
  try {
    const network = await networkOf(text, name);
    declareNetwork(network, 'generator', [2, 3]);
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replaceAll(folder, '.');
  }
  return 'no error';
}

describe('a network of a person’s own', () => {
  it('trains as any other: compiled, it and its gradients equal the oracle', async () => {
    await write('lib/sizes.mjs', 'export const WIDTH = 4;');
    const { compiled, oracle, outputShape } = await networkOnBoth({
      network: await networkOf(NETS),
      input: [2, 3],
    });
    expect(outputShape).toEqual([2, 4, 4, 1]);
    expect(Object.keys(oracle)).toContain('gradient of network/own/scale');
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });

  it('is read anew when it has changed', async () => {
    const shape = (units: number) =>
      `export const generator = (s, x, { layers }) => layers.dense(s, 'a', x, { units: ${units} });`;
    const first = declareNetwork(await networkOf(shape(5)), 'g', [2, 3]);
    const second = declareNetwork(await networkOf(shape(7)), 'g', [2, 3]);
    expect([first.outputShape, second.outputShape]).toEqual([
      [2, 5],
      [2, 7],
    ]);
  });
});

describe('an error says which call, where and on what', () => {
  it.each([
    [
      'a product of shapes that do not fit',
      `export function generator(scope, x, { tf }) {
         const weights = scope.parameter('w', [4, 5], { name: 'w', fill() {} });
         return tf.matMul(x, weights);
       }`,
      '"generator" of ./nets.mjs fails at nets.mjs:3:20, in tf.matMul([2, 3], [4, 5]): ',
    ],
    [
      'a sum of shapes that do not fit',
      `export function generator(scope, x, { tf }) {
         return tf.add(x, scope.parameter('w', [4], { name: 'w', fill() {} }));
       }`,
      '"generator" of ./nets.mjs fails at nets.mjs:2:20, in tf.add([2, 3], [4]): ',
    ],
    [
      'a layer that wants images',
      `const deep = (scope, x, layers) => layers.conv2d(scope, 'c', x, { filters: 2, kernelSize: 3 });
       export const generator = (scope, x, { layers }) => deep(scope, x, layers);`,
      '"generator" of ./nets.mjs fails at nets.mjs:1:43, in layers.conv2d(scope, "c", [2, 3], {"filters":2,"kernelSize":3}): expected a tensor with at least 4 dimensions, found [2, 3]',
    ],
    [
      'a mistake in plain JavaScript',
      'export const generator = (scope, x) => x.nothing.more;',
      '"generator" of ./nets.mjs fails at nets.mjs:1:50: Cannot read properties of undefined',
    ],
    [
      'what is no tensor',
      'export const generator = () => 5;',
      '"generator" of ./nets.mjs returns number instead of a tensor.',
    ],
    [
      'a promise',
      'export const generator = async (s, x) => x;',
      '"generator" of ./nets.mjs returns Promise instead of a tensor.',
    ],
    [
      'what is no function',
      'export const generator = 3;',
      '"generator" of ./nets.mjs is number instead of a function.',
    ],
    [
      'a name that is not exported',
      'export const critic = (s, x) => x; export function maker(s, x) { return x; }',
      './nets.mjs does not export "generator"; it exports "critic", "maker".',
    ],
    [
      'a file that is missing',
      "import './lib/none.mjs';",
      './lib/none.mjs does not exist; it is imported by ./nets.mjs.',
    ],
    [
      'what cannot be parsed',
      'export const generator = (scope, x) => {\n  return x +;\n};',
      "./nets.mjs cannot be loaded: line 2: SyntaxError: Unexpected token ';'",
    ],
    [
      'a name that another file does not export',
      "import { WIDTH } from './lib/empty.mjs';",
      './nets.mjs cannot be loaded (nets.mjs:1): The requested module',
    ],
    [
      'what throws when it is loaded',
      'throw new Error("not today");',
      './nets.mjs cannot be loaded (nets.mjs:1:7): not today',
    ],
  ])('%s', async (_name, text, expected) => {
    const message = await messageOf(text);
    expect(message.slice(0, expected.length)).toBe(expected);
  });

  it('the module itself is missing', async () => {
    await expect(loadUserNetworks(config('./gone.mjs'), folder)).rejects.toThrow(
      `${join(folder, 'gone.mjs')} does not exist.`,
    );
  });
});

describe('a run keeps its modules', () => {
  it('with what they import, and goes on from the copies when the modules have changed or gone', async () => {
    await write('lib/sizes.mjs', 'export const WIDTH = 4;');
    await write('nets.mjs', NETS);
    const run = join(folder, 'gan-runs', '00001-nets');
    await mkdir(run, { recursive: true });
    const modules = await loadUserNetworks(config('./nets.mjs'), folder);
    await modules.keep(run);
    expect(await readFile(join(run, 'modules/1/nets.mjs'), 'utf8')).toBe(NETS);
    await rm(join(folder, 'lib'), { recursive: true });
    await writeFile(join(folder, 'nets.mjs'), 'throw new Error("changed");');
    const kept = await loadKeptNetworks(config('./nets.mjs'), run);
    const { outputShape } = declareNetwork(kept.network('./nets.mjs', 'generator', context), 'g', [2, 3]);
    expect(outputShape).toEqual([2, 4, 4, 1]);
  });

  it('does not load what lies outside of the run, and says what is missing', async () => {
    await write('nets.mjs', 'export const generator = (s, x) => x;');
    const run = join(folder, 'run');
    await mkdir(join(run, 'modules'), { recursive: true });
    await expect(loadKeptNetworks(config('./nets.mjs'), run)).rejects.toThrow('index.json does not exist');
    const index = (file: string) => JSON.stringify({ schemaVersion: 1, modules: { './nets.mjs': file } });
    await writeFile(join(run, 'modules/index.json'), index('../../nets.mjs'));
    await expect(loadKeptNetworks(config('./nets.mjs'), run)).rejects.toThrow('is a link to');
    await symlink(join(folder, 'nets.mjs'), join(run, 'modules/linked.mjs'));
    await writeFile(join(run, 'modules/index.json'), index('linked.mjs'));
    await expect(loadKeptNetworks(config('./nets.mjs'), run)).rejects.toThrow('is a link to');
    await writeFile(join(run, 'modules/index.json'), '{}');
    await expect(loadKeptNetworks(config('./nets.mjs'), run)).rejects.toThrow(
      'does not list a copy of ./nets.mjs',
    );
  });
});
