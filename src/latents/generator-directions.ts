/** The directions in which a generator's samples change most, from its weights where they begin with a matrix product. */
import type { Engine } from '../engine/engine';
import { MAX_DIRECTIONS } from '../shared/explorer-protocol';
import type { Latents } from '../training/task';
import { axisDirections, principalDirections } from './directions';

export async function generatorDirections(
  engine: Engine,
  { size, kernel }: Latents,
): Promise<readonly Float32Array[]> {
  const leaf = kernel === undefined ? undefined : (await engine.read([kernel]))[kernel];
  return leaf === undefined
    ? axisDirections(size, MAX_DIRECTIONS)
    : principalDirections({ data: leaf.data, units: leaf.shape[1] ?? 0 }, size, MAX_DIRECTIONS);
}
