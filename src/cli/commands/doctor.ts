/** `gan doctor`: what this machine has, and whether each engine really works here. */
import { cpus, freemem, totalmem } from 'node:os';
import { defaultThreads } from '../../engine/onnx/runtime';
import { GanTask } from '../../gan/gan-task';
import { mlpDiscriminator, mlpGenerator } from '../../gan/networks/mlp';
import { plainGan } from '../../gan/plain-gan';
import { Random } from '../../random/random';
import { engineEntries } from '../../session/engines';
import { describeError } from '../../shared/errors';
import { float32 } from '../../shared/host-tensor';
import { packageVersion } from '../../shared/package-root';
import type { GanCommand } from '../command';
import { EXIT } from '../command';

const SELF_TEST_MS = 1000;

export const doctor: GanCommand = {
  name: 'doctor',
  define(command, { output }) {
    command
      .description('show the engines found on this machine and test each for a second')
      .option('--json', 'one JSON object a line')
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
        const machine = {
          type: 'machine',
          workbench: packageVersion(),
          node: process.versions.node,
          platform: `${process.platform}-${process.arch}`,
          cpu: cpus()[0]?.model ?? 'unknown',
          threads: defaultThreads(),
          memoryGb: Number(gigabytes(totalmem())),
          freeMemoryGb: Number(gigabytes(freemem())),
        };
        output.emit(machine);
        output.say(`GAN Workbench ${machine.workbench}, Node.js ${machine.node}, ${machine.platform}`);
        output.say(
          `${machine.cpu}, ${machine.threads} threads, ${machine.memoryGb} GB memory (${machine.freeMemoryGb} GB free)`,
        );
        let working = 0;
        for (const { name, title, open } of engineEntries) {
          try {
            const engine = await open(machine.threads);
            const steps = await selfTest(engine);
            await engine.dispose();
            working++;
            output.emit({ type: 'engine', ok: true, ...engine.info, selfTestSteps: steps });
            output.say(
              `✓ ${name}: ${title}, ${engine.info.version}: ${steps} steps of a toy GAN in a second`,
            );
          } catch (error) {
            output.emit({ type: 'engine', name, ok: false, problem: describeError(error) });
            output.say(`✗ ${name}: ${title}: ${describeError(error)}`);
          }
        }
        process.exitCode = working > 0 ? EXIT.done : EXIT.failed;
      });
  },
};

/** Steps of a tiny GAN in about a second; throws where they do not give finite losses. */
async function selfTest(engine: Parameters<GanTask['prepare']>[0]): Promise<number> {
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
  const start = performance.now();
  let step = 0;
  while (performance.now() - start < SELF_TEST_MS) {
    step++;
    const result = await task.trainStep(engine, { step, batches: [{ examples: real }], random });
    if (result.nonFinite !== undefined)
      throw new Error(`the ${result.nonFinite} is not finite at step ${step}`);
  }
  return step;
}
