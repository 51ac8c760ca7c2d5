import { expect, it } from 'vitest';
import { pooledProtocols } from './pooled-protocols';

const of = (data: string, samples = 200) =>
  `${samples} samples against 200 held-out examples of data ${data}`;
const [first, second] = [of('0a0a0a0a'), of('1b1b1b1b')];
const pooled = of('0a0a0a0a, 1b1b1b1b');

it('pools protocols that differ by the data alone, and names all of it', () => {
  expect([...pooledProtocols([[second], [first]])]).toEqual([
    [second, pooled],
    [first, pooled],
  ]);
  const network = ' by coordinates 2a29d2ff';
  expect(pooledProtocols([[first + network], [second + network]]).get(second + network)).toBe(
    pooled + network,
  );
});

it('leaves alone what all runs share, what differs otherwise, and what names no data', () => {
  expect([...pooledProtocols([[first], [first]])]).toEqual([[first, first]]);
  const fewer = of('1b1b1b1b', 100);
  expect([...pooledProtocols([[first], [fewer]]).values()]).toEqual([first, fewer]);
  expect([...pooledProtocols([['grid'], ['grid']]).values()]).toEqual(['grid']);
});

it('does not mix two scores of one run', () => {
  expect([...pooledProtocols([[first, second], [first]]).values()]).toEqual([first, second]);
});
