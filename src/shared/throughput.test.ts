import { expect, it } from 'vitest';
import { averageThroughput, remainingSeconds, Throughput } from './throughput';

it('is the plain mean while a run is young', () => {
  const throughput = new Throughput();
  expect(throughput.imagesPerSecond).toBe(0);
  for (const seconds of [1, 0.001, 0.003]) throughput.add(64, seconds);
  expect(throughput.imagesPerSecond).toBeCloseTo(32_000, -1);
});

it('counts the first step, which prepares the engine, only until there is a second one', () => {
  const throughput = new Throughput();
  throughput.add(64, 2);
  expect(throughput.imagesPerSecond).toBe(32);
  throughput.add(64, 0.01);
  expect(throughput.imagesPerSecond).toBe(6400);
});

it('hardly notices one fast step, and follows a lasting change', () => {
  const throughput = new Throughput();
  for (let step = 0; step < 1000; step++) throughput.add(100, 0.1);
  throughput.add(100, 0.01);
  expect(throughput.imagesPerSecond).toBeGreaterThan(1000);
  expect(throughput.imagesPerSecond).toBeLessThan(1010);
  for (let step = 0; step < 1000; step++) throughput.add(100, 0.05);
  expect(throughput.imagesPerSecond).toBeGreaterThan(1850);
  expect(throughput.imagesPerSecond).toBeLessThan(2000);
});

it('has the average of a run without any time as 0', () => {
  expect(averageThroughput(640, 0)).toBe(0);
  expect(averageThroughput(640, 4)).toBe(160);
});

it('tells the time left from the images that are left', () => {
  expect(remainingSeconds({ step: 10, images: 640, imagesPerSecond: 320 }, 110)).toBe(20);
  expect(remainingSeconds({ step: 0, images: 0, imagesPerSecond: 0 }, 110)).toBeUndefined();
});
