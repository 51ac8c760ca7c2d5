import { expect, it } from 'vitest';
import { drawingOf, type ImageForm } from './image-form';

const form = (size: number, channels = 1): ImageForm => ({ height: size, width: size, channels });

/** Converts the result back to bytes, for exact comparison. */
function drawn(pixels: Uint8Array, from: ImageForm, to: ImageForm): number[] {
  const target = new Float32Array(to.height * to.width * to.channels);
  drawingOf(from, to)?.(pixels, target);
  return Array.from(target, (value) => Math.round((value + 1) * 127.5));
}

it('leaves an image of the right size as it is', () => {
  expect(drawn(Uint8Array.of(0, 128, 200, 255), form(2), form(2))).toEqual([0, 128, 200, 255]);
  const colour = Uint8Array.of(1, 2, 3);
  expect(drawn(colour, form(1, 3), form(1, 3))).toEqual([1, 2, 3]);
});

it('repeats grey in three channels', () => {
  expect(drawn(Uint8Array.of(7, 9, 11, 13), form(2), form(2, 3))).toEqual([
    7, 7, 7, 9, 9, 9, 11, 11, 11, 13, 13, 13,
  ]);
});

it('puts 28×28 in the middle of 32×32', () => {
  const pixels = new Uint8Array(784);
  pixels[0] = 10;
  pixels[783] = 20;
  const image = drawn(pixels, form(28), form(32));
  expect(image[2 * 32 + 2]).toBe(10);
  expect(image[29 * 32 + 29]).toBe(20);
  expect(image.filter((value) => value !== 0)).toHaveLength(2);
});

it('doubles that bilinearly for 64×64', () => {
  const pixels = new Uint8Array(784);
  pixels[0] = 160;
  const image = drawn(pixels, form(28), form(64));
  const row = (y: number): number[] => image.slice(y * 64 + 2, y * 64 + 8);
  // Weights 1/4 and 3/4 in each direction around the pixel at (2, 2) of the 32×32 image.
  expect(row(2)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(row(3)).toEqual([0, 10, 30, 30, 10, 0]);
  expect(row(4)).toEqual([0, 30, 90, 90, 30, 0]);
  expect(row(5)).toEqual([0, 30, 90, 90, 30, 0]);
  expect(row(6)).toEqual([0, 10, 30, 30, 10, 0]);
  expect(row(7)).toEqual([0, 0, 0, 0, 0, 0]);
  const white = drawn(new Uint8Array(784).fill(255), form(28), form(64, 3));
  expect(white[(32 * 64 + 32) * 3 + 1]).toBe(255);
});

it('knows no way from other sizes, or from colour to grey', () => {
  expect(drawingOf(form(20), form(28))).toBeUndefined();
  expect(drawingOf(form(28), form(48))).toBeUndefined();
  expect(drawingOf(form(32), form(64))).toBeUndefined();
  expect(drawingOf({ height: 28, width: 30, channels: 1 }, form(32))).toBeUndefined();
  expect(drawingOf(form(28, 3), form(28, 1))).toBeUndefined();
});
