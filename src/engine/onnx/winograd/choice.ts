/**
 * Whether a convolution is computed directly or by Winograd's method, and in tiles of which size. The choice follows
 * from the geometry alone, so that a program is the same on every machine and a resumed run computes the same bytes.
 */
import { axesOf, type ConvolutionAxis, type ConvolutionGeometry } from '../../trace/kernels/convolutions';
import { axisMatrices } from './axis-matrices';
import { MAX_POINTS } from './toom-cook';
import type { ImageMatrices } from './winograd';

/** Reading or writing an element takes as long as this many multiplications in a product of large matrices. */
const MULTIPLICATIONS_PER_ELEMENT = 33;

/** Patches are gathered, written, and read again in the product. */
const PASSES_OVER_PATCHES = 2;

/** The products of narrower layers are too small to be fast, which the estimates of costs do not know. */
const MIN_CHANNELS = 16;

const TILE_SIZES = [2, 3, 4, 5, 6];

/** Extents of the transforms along one axis. */
interface AxisTiles {
  readonly size: number;
  readonly points: number;
  readonly tiles: number;
}

/**
 * The matrices of the fastest method for a convolution and its two gradients, which share their transforms; undefined
 * if that is the direct one.
 */
export function winogradMatrices(g: ConvolutionGeometry): ImageMatrices | undefined {
  if (g.dilationHeight !== 1 || g.dilationWidth !== 1 || g.filterHeight * g.filterWidth === 1)
    return undefined;
  if (Math.min(g.inChannels, g.outChannels) < MIN_CHANNELS) return undefined;
  const axes = axesOf(g);
  const options = tileOptions(axes.y).flatMap((y) => tileOptions(axes.x).map((x) => ({ y, x })));
  let best: { readonly cost: number; readonly tiles?: Record<'y' | 'x', AxisTiles> } = {
    cost: directCost(g),
  };
  for (const tiles of options) {
    const cost = winogradCost(g, tiles);
    if (cost < best.cost) best = { cost, tiles };
  }
  if (best.tiles === undefined) return undefined;
  return { y: axisMatrices(axes.y, best.tiles.y.size), x: axisMatrices(axes.x, best.tiles.x.size) };
}

function tileOptions({ taps, stride, output }: ConvolutionAxis): AxisTiles[] {
  const phases = Math.min(stride, taps);
  return TILE_SIZES.filter((size) => size + Math.ceil(taps / stride) - 1 <= MAX_POINTS).map((size) => ({
    size,
    points: phases * (size - 1) + taps,
    tiles: Math.ceil(output / size),
  }));
}

/** Of the forward pass and one gradient, in multiplications. */
function directCost(g: ConvolutionGeometry): number {
  const patches = g.batchSize * g.outHeight * g.outWidth * g.filterHeight * g.filterWidth * g.inChannels;
  return 2 * patches * (g.outChannels + PASSES_OVER_PATCHES * MULTIPLICATIONS_PER_ELEMENT);
}

/**
 * The same by Winograd's method. Of the three products of a layer, two transform an input and two an output; a filter is
 * transformed once for all of them.
 */
function winogradCost(g: ConvolutionGeometry, { y, x }: Record<'y' | 'x', AxisTiles>): number {
  const [pointsY, pointsX] = [y.points * y.tiles, x.points * x.tiles];
  const image = (height: number, width: number): number =>
    g.batchSize * transformCost(height, width, pointsY, pointsX);
  return (
    2 * pointsY * pointsX * g.batchSize * g.inChannels * g.outChannels +
    2 * g.inChannels * image(g.inHeight, g.inWidth) +
    2 * g.outChannels * image(g.outHeight, g.outWidth) +
    g.inChannels * g.outChannels * transformCost(g.filterHeight, g.filterWidth, y.points, x.points)
  );
}

/** Of a transform in either direction, for each channel: a change of layout, then a product along each axis. */
function transformCost(height: number, width: number, pointsY: number, pointsX: number): number {
  const multiplications = pointsY * height * width + pointsY * pointsX * width;
  const elements = 2 * height * width + pointsY * width + pointsY * pointsX;
  return multiplications + MULTIPLICATIONS_PER_ELEMENT * elements;
}
