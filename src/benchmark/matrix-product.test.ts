import { describe, expect, it, vi } from 'vitest';
import { openOracle } from '../../test/support/engines';
import { keepDeviceOpen, openForTest, presentEngines } from '../../test/support/present-engines';
import { fastestProductGflops, prepareProduct, productMs } from './matrix-product';

it('measures larger products until one takes long enough, and gives the fastest', async () => {
  const engine = openOracle();
  const sizes: number[] = [];
  vi.spyOn(engine, 'write').mockImplementation((leaves) => {
    for (const { shape } of Object.values(leaves)) sizes.push(shape[0] ?? 0);
  });
  vi.spyOn(engine, 'compile').mockResolvedValue();
  vi.spyOn(engine, 'run').mockResolvedValue({});
  // By this clock a product takes 12.5 ms up to 512 rows, and 25 ms from 1024 on.
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += (sizes.at(-1) ?? 0) > 512 ? 25 : 12.5;
    return now;
  });
  const gflops = await fastestProductGflops(engine);
  clock.mockRestore();
  expect(sizes).toEqual([256, 256, 512, 512, 1024, 1024]);
  expect(gflops).toBeCloseTo((2 * 1024 ** 3) / 25e6, 6);
});

describe.each(presentEngines)('on $name', (definition) => {
  keepDeviceOpen(definition);

  it('computes a product of the size that was prepared last', async () => {
    const engine = await openForTest(definition);
    for (const size of [8, 16]) {
      await prepareProduct(engine, size);
      expect(await productMs(engine)).toBeGreaterThan(0);
      expect((await engine.read(['benchmark/a']))['benchmark/a']?.shape).toEqual([size, size]);
    }
  });
});
