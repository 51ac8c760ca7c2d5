/** Times training steps and, in the same run, the fastest plain matrix product as a reference. */
import type { Engine } from '../engine/engine';
import { GanTask } from '../gan/gan-task';
import { Random } from '../random/random';
import type { BenchmarkLine } from '../shared/cli-protocol';
import type { TensorSpec } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import type { BenchmarkCase } from './cases';
import { countFlops } from './flops';
import { fastestProductGflops } from './matrix-product';

const WARM_UP_STEPS = 4;
/** Larger matrices would count towards the memory of the step. */
const LARGEST_PRODUCT = 2048;

export async function measure(engine: Engine, benchmark: BenchmarkCase): Promise<BenchmarkLine> {
  const task = new GanTask(benchmark.settings);
  engine.write(task.initialState(1));
  const leaves = leafSpecs(task);
  const compileStart = performance.now();
  await task.prepare(engine);
  const compileMs = performance.now() - compileStart;
  const peakBefore = await fastestProductGflops(engine, LARGEST_PRODUCT);

  const { example, batchSize } = benchmark.settings;
  const shape = [
    batchSize,
    ...(example.kind === 'image' ? [example.height, example.width, example.channels] : [2]),
  ];
  const random = Random.seeded(1, 'benchmark');
  const real = float32(shape, random.fillUniform(new Float32Array(sizeOf(shape)), -1, 1));
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let step = 1; step <= WARM_UP_STEPS + benchmark.steps; step++) {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    await task.trainStep(engine, { step, batches: [{ examples: real }], random });
    if (step <= WARM_UP_STEPS) continue;
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpuStart);
    cpuTimes.push((user + system) / 1000);
  }

  const peakGflops = Math.max(peakBefore, await fastestProductGflops(engine, LARGEST_PRODUCT));
  const stepMs = median(times);
  const flop = task.trainingPrograms().reduce((sum, program) => sum + countFlops(program, leaves), 0);
  const gflops = flop / stepMs / 1e6;
  return {
    engine: engine.info.name,
    version: engine.info.version,
    threads: engine.info.threads,
    model: benchmark.model,
    imageSize: benchmark.imageSize,
    batchSize,
    stepMs: round(stepMs, 1),
    fastestStepMs: round(Math.min(...times), 1),
    cpuMs: round(median(cpuTimes), 1),
    imagesPerSecond: round((batchSize * 1000) / stepMs, 1),
    gflopPerStep: round(flop / 1e9, 2),
    gflops: round(gflops, 1),
    peakGflops: round(peakGflops, 1),
    shareOfPeak: round(gflops / peakGflops, 3),
    compileMs: round(compileMs, 0),
    peakMemoryMb: round(process.resourceUsage().maxRSS / 1000, 0),
  };
}

/** Returns specs only: holding the values would count towards the memory of the step. */
function leafSpecs(task: GanTask): Record<string, TensorSpec> {
  return Object.fromEntries(
    Object.entries(task.initialState(1)).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
