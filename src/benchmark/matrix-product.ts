/** Times plain matrix products: what an engine can compute at best, and a measure of the machine for the doctor. */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Program } from '../engine/engine';
import { Random } from '../random/random';
import { float32 } from '../shared/host-tensor';

/** Returns one element only: a device that computes on its own has to be waited for, and no matrix has to be copied. */
const product: Program = {
  name: 'matrix product',
  reads: ['benchmark/a', 'benchmark/b'],
  writes: [],
  inputs: {},
  build({ 'benchmark/a': a, 'benchmark/b': b }) {
    if (a === undefined || b === undefined) throw new RangeError('the matrices are missing');
    return { state: {}, outputs: { corner: tf.slice(tf.matMul(a, b), [0, 0], [1, 1]) } };
  },
};

/** Adds two square matrices to the state of the engine, or replaces them. */
export async function prepareProduct(engine: Engine, size: number): Promise<void> {
  const random = Random.seeded(1, 'matrices');
  const matrix = () => float32([size, size], random.fillUniform(new Float32Array(size * size), -1, 1));
  engine.write({ 'benchmark/a': matrix(), 'benchmark/b': matrix() });
  await engine.compile(product);
}

/** Milliseconds that one product of the prepared matrices takes. */
export async function productMs(engine: Engine): Promise<number> {
  const start = performance.now();
  await engine.run(product.name, {});
  return performance.now() - start;
}

/** Billions of operations a second. */
function productGflops(size: number, ms: number): number {
  return (2 * size ** 3) / ms / 1e6;
}

const SMALLEST = 256;
const LARGEST = 4096;
const RUNS = 3;

/** A product that takes this long is large enough to be computed at full speed. */
const LONG_ENOUGH_MS = 20;

/**
 * Measures products of growing size: a second at most, unless the smallest one takes longer.
 *
 * @param largest number of rows
 */
export async function fastestProductGflops(engine: Engine, largest = LARGEST): Promise<number> {
  let fastest = 0;
  for (let size = SMALLEST; size <= largest; size *= 2) {
    await prepareProduct(engine, size);
    const times: number[] = [];
    // The first run compiles shaders and copies the matrices.
    for (let run = 0; run <= RUNS; run++) times.push(await productMs(engine));
    const shortest = Math.min(...times.slice(1));
    fastest = Math.max(fastest, productGflops(size, shortest));
    if (shortest >= LONG_ENOUGH_MS) break;
  }
  return fastest;
}
