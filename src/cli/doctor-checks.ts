/** The checks of `gan doctor`, in order, each with a line that reports its result. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { fastestProductGflops } from '../benchmark/matrix-product';
import { loadSharp } from '../data/images/load-sharp';
import { cacheFolder } from '../data/packed/cache';
import { defaultThreads, type EngineDefinition } from '../engine/definition';
import type { Engine } from '../engine/engine';
import { engines } from '../engine/registry';
import { GanTask } from '../gan/gan-task';
import { mlpDiscriminator, mlpGenerator } from '../gan/networks/mlp';
import { plainGan } from '../gan/plain-gan';
import { Random } from '../random/random';
import type { DoctorLine } from '../shared/cli-protocol';
import { causeOf, describeError, WorkbenchError } from '../shared/errors';
import { float32 } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import { makeFolders } from '../shared/make-folders';
import { packageVersion } from '../shared/package-root';

const SELF_TEST_MS = 1000;

export async function* doctorChecks(): AsyncGenerator<DoctorLine> {
  yield machine();
  for (const engine of engines) yield await engineCheck(engine);
  yield await cacheCheck();
  yield await decoderCheck();
}

function machine(): DoctorLine {
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
  const facts = {
    workbench: packageVersion(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: availableParallelism(),
    memoryGb: gigabytes(totalmem()),
    freeMemoryGb: gigabytes(freemem()),
  };
  const told = localizable(
    'GAN Workbench {0}, Node.js {1}, {2}; {3}, {4} threads, {5} GB of memory ({6} GB free)',
    ...Object.values(facts),
  );
  return { type: 'machine', ok: true, ...facts, said: told };
}

async function engineCheck(definition: EngineDefinition): Promise<DoctorLine> {
  const { name } = definition;
  const title = { text: definition.title, values: [] };
  try {
    const engine = await definition.open(defaultThreads(definition));
    const selfTestSteps = await selfTest(engine);
    const gflops = Number((await fastestProductGflops(engine)).toPrecision(3));
    await engine.dispose();
    const { info } = engine;
    const told = localizable(
      '{0} ({1}, {2}): {3} steps of a small GAN per second, matrix products at {4} GFLOP/s',
      name,
      title,
      [info.version, info.adapter, await definition.foundAt?.()]
        .filter((part) => part !== undefined)
        .join(', '),
      selfTestSteps,
      gflops,
    );
    return { type: 'engine', ok: true, ...info, selfTestSteps, gflops, said: told };
  } catch (error) {
    const problem = describeError(error);
    const remedy = error instanceof WorkbenchError ? (error.said?.remedy ?? error.remedy) : '';
    return {
      type: 'engine',
      ok: false,
      name,
      problem,
      said: localizable('{0} ({1}) does not work: {2} {3}', name, title, causeOf(error), remedy),
    };
  }
}

async function cacheCheck(): Promise<DoctorLine> {
  const folder = cacheFolder();
  const probe = join(folder, `${randomUUID()}.tmp`);
  try {
    await makeFolders(folder);
    await writeFile(probe, '');
    await rm(probe);
    return { type: 'cache', ok: true, folder, said: localizable('Cache folder: {0}', folder) };
  } catch (error) {
    const problem = describeError(error);
    return {
      type: 'cache',
      ok: false,
      folder,
      problem,
      said: localizable(
        'The cache folder {0} is not writable ({1}). Set the environment variable GAN_WORKBENCH_CACHE to another folder.',
        folder,
        problem,
      ),
    };
  }
}

async function decoderCheck(): Promise<DoctorLine> {
  try {
    const { versions } = await loadSharp();
    return { type: 'decoder', ok: true, said: localizable('Image decoder: libvips {0}', versions.vips) };
  } catch (error) {
    const problem = describeError(error);
    return {
      type: 'decoder',
      ok: false,
      problem,
      said: localizable('Image files cannot be imported: {0}', causeOf(error)),
    };
  }
}

/** Trains a tiny GAN for about a second; throws if the losses are not finite. */
async function selfTest(engine: Engine): Promise<number> {
  const example = { kind: 'points', dimensions: 2 } as const;
  const context = { example, latentSize: 2 };
  const settings = plainGan(
    2,
    {
      example,
      batchSize: 64,
      generator: mlpGenerator.build(mlpGenerator.options.parse({ hidden: [64, 64] }), context),
      discriminator: mlpDiscriminator.build(mlpDiscriminator.options.parse({ hidden: [64, 64] }), context),
    },
    { learningRate: { generator: 1e-3, discriminator: 1e-3 } },
  );
  const task = new GanTask(settings);
  engine.write(task.initialState(0));
  await task.prepare(engine);
  const random = Random.seeded(0, 'self-test');
  const real = float32([64, 2], random.fillNormal(new Float32Array(128)));
  const train = async (step: number): Promise<void> => {
    const result = await task.trainStep(engine, { step, batches: [{ examples: real }], random });
    if (result.nonFinite !== undefined)
      throw new Error(`the ${result.nonFinite} is not finite at step ${step}`);
  };
  // On a graphics card, the first step compiles the shaders.
  await train(1);
  const start = performance.now();
  let steps = 0;
  do {
    steps++;
    await train(1 + steps);
  } while (performance.now() - start < SELF_TEST_MS);
  return steps;
}
