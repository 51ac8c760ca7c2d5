/**
 * Renders a sample of images. With input images, each sample is a group of images in one row: the input, the output,
 * and the target or the output translated back; images of smaller size are scaled up to match.
 */
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import type { ImageSampleTensors } from '../shared/image-samples';
import type { ImageRole } from '../shared/sample-grid';
import { gridPng } from './grid';
import { coloured, labelMapOf } from './pixels';

/** Number of groups per grid row, if images are grouped. */
const GROUPS_IN_ROW = 4;

/** @param example shape of the generator's output: label maps are shown in the colours of their classes */
export async function samplesPng(
  { fake, columns, rowLabels, given, targets, reconstructions }: ImageSampleTensors,
  example: ExampleShape,
): Promise<Uint8Array> {
  const map = labelMapOf(example);
  const shown = (images: HostTensor): HostTensor => (map === undefined ? images : coloured(images, map));
  if (given === undefined && targets === undefined)
    return await gridPng(shown(fake), {
      ...(columns === undefined ? {} : { columns }),
      ...(rowLabels === undefined ? {} : { rowLabels }),
    });
  const group: readonly { readonly role: ImageRole; readonly images: HostTensor }[] = [
    ...(given === undefined ? [] : [{ role: 'input' as const, images: given }]),
    { role: 'output', images: shown(fake) },
    ...(targets === undefined ? [] : [{ role: 'target' as const, images: shown(targets) }]),
    ...(reconstructions === undefined ? [] : [{ role: 'cycled' as const, images: reconstructions }]),
  ];
  return await gridPng(interleaved(group.map(({ images }) => images)), {
    columns: group.length * GROUPS_IN_ROW,
    roles: group.map(({ role }) => role),
  });
}

/**
 * Interleaves the images: the first of each, then the second of each, all with the largest size and number of channels.
 */
function interleaved(images: readonly HostTensor[]): HostTensor {
  const largest = (axis: number): number => Math.max(...images.map(({ shape }) => shape[axis] ?? 0));
  const count = Math.min(...images.map(({ shape }) => shape[0] ?? 0));
  const [height, width] = [largest(1), largest(2)];
  const channels = largest(3) === 1 ? 1 : 3;
  const size = height * width * channels;
  const values = new Float32Array(count * images.length * size);
  for (let index = 0; index < count; index++)
    images.forEach((image, place) => {
      values.set(enlarged(image, index, { height, width, channels }), (index * images.length + place) * size);
    });
  return float32([count * images.length, height, width, channels], values);
}

/** One image scaled by nearest neighbour, with grey converted to RGB if needed. */
function enlarged(
  { shape, data }: HostTensor,
  index: number,
  to: { readonly height: number; readonly width: number; readonly channels: number },
): Float32Array {
  const [, height = 0, width = 0, channels = 0] = shape;
  const values = new Float32Array(to.height * to.width * to.channels);
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const row = Math.floor((y * height) / to.height);
      const column = Math.floor((x * width) / to.width);
      const from = ((index * height + row) * width + column) * channels;
      for (let c = 0; c < to.channels; c++)
        values[(y * to.width + x) * to.channels + c] = data[from + Math.min(c, channels - 1)] ?? 0;
    }
  return values;
}
