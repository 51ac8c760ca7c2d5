import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { float32 } from '../shared/host-tensor';
import { imagePlace, type SampleGrid } from '../shared/sample-grid';
import { describeGrid, GRID_KEYWORD, gridIn, parseGrid } from './grid-description';
import { samplesPng } from './samples-png';

const EXAMPLE = { kind: 'image' as const, height: 16, width: 16, channels: 1 };
const images = (count: number, size = 16) => float32([count, size, size, 1]);

async function gridOf(samples: Parameters<typeof samplesPng>[0]): Promise<SampleGrid> {
  const grid = gridIn(Buffer.from(await samplesPng(samples, EXAMPLE)));
  if (grid === undefined) throw new Error('The picture says nothing of its grid.');
  return grid;
}

describe('the picture of a sample', () => {
  it('says what the images of a group are, which stand nearer to each other than groups do', async () => {
    const grid = await gridOf({ fake: images(8), given: images(8, 8), targets: images(8) });
    expect(grid).toMatchObject({
      image: { width: 16, height: 16 },
      count: 24,
      columns: 12,
      roles: ['input', 'output', 'target'],
    });
    const gaps = [0, 1, 2].map(
      (i) => imagePlace(grid, i + 1).x - imagePlace(grid, i).x - imagePlace(grid, i).width,
    );
    expect(gaps[0]).toBe(gaps[1]);
    expect(gaps[2]).toBeGreaterThanOrEqual(3 * (gaps[0] ?? 0));
    expect((await gridOf({ fake: images(4), given: images(4), reconstructions: images(4) })).roles).toEqual([
      'input',
      'output',
      'cycled',
    ]);
  });

  it('has heads above its columns and labels beside its rows, and neither where images stand for themselves', async () => {
    const bright = async (samples: Parameters<typeof samplesPng>[0], part: 'above' | 'left') => {
      const png = await samplesPng(samples, EXAMPLE);
      const { width, data } = decode(png);
      const grid = gridIn(Buffer.from(png));
      return data.some((level, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return level > 200 && (part === 'above' ? y < (grid?.top ?? 0) : x < (grid?.left ?? 0));
      });
    };
    const dark = float32([4, 16, 16, 1], new Float32Array(1024).fill(-1));
    expect(await bright({ fake: dark, given: dark }, 'above')).toBe(true);
    expect(await bright({ fake: dark, columns: 2, rowLabels: ['cat', '犬'] }, 'left')).toBe(true);
    expect(await bright({ fake: dark }, 'above')).toBe(false);
  });

  it('leaves room for the number of a class that it cannot name', async () => {
    const leftOf = async (label: string) =>
      (await gridOf({ fake: images(4), columns: 2, rowLabels: ['cat', label] })).left;
    expect(await leftOf('犬')).toBe(await leftOf('class 1'));
  });

  it('describes labels of any script, and nothing where somebody else wrote the text', async () => {
    const grid = await gridOf({ fake: images(4), columns: 2, rowLabels: ['cat', '犬'] });
    expect(grid.rowLabels).toEqual(['cat', '犬']);
    expect(describeGrid(grid)).toMatch(/^[ -~]*$/);
    expect(parseGrid(describeGrid(grid))).toEqual(grid);
    expect(['', '{}', '{"columns":0}', 'null', undefined].map(parseGrid)).toEqual(Array(5).fill(undefined));
    const bytes = Buffer.from(await samplesPng({ fake: images(4) }, EXAMPLE));
    const renamed = Buffer.from(bytes.toString('latin1').replace(GRID_KEYWORD, 'x'.repeat(18)), 'latin1');
    expect(gridIn(renamed)).toBeUndefined();
    expect(gridIn(bytes.subarray(0, 40))).toBeUndefined();
  });
});
