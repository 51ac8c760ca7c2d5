/** `gan bench`: measures the speed of a training step for each network, engine and number of threads. */
import { spawnSync } from 'node:child_process';
import { benchmarkCases, benchmarkModels } from '../../benchmark/cases';
import { measure } from '../../benchmark/measure';
import { defaultThreads, type EngineDefinition, isOrdinary } from '../../engine/definition';
import { engines } from '../../engine/registry';
import type { BenchmarkLine } from '../../shared/cli-protocol';
import { localizable } from '../../shared/localizable-text';
import { padStartTo } from '../../shared/text-width';
import type { GanCommand } from '../command';
import { integerOption, UsageError } from '../command';
import { t } from '../texts';

interface BenchOptions {
  readonly json?: boolean;
  readonly engine?: string;
  readonly threads?: number;
  readonly model?: string;
  readonly batch?: number;
}

export const bench: GanCommand = {
  name: 'bench',
  define(command, { output }) {
    command
      .description(t('Measure the speed of training steps, each configuration in its own process.'))
      .option('--json', t('print one JSON object per line'))
      .option('--engine <name>', t('run only this engine: {0}', engines.map(({ name }) => name).join(', ')))
      .option('--threads <n>', t('run only with this number of threads'), integerOption('--threads', 1, 1024))
      .option('--model <name>', t('run only this model: {0}', benchmarkModels.join(', ')))
      .option('--batch <n>', t('run with this batch size'), integerOption('--batch', 1))
      .action(async (options: BenchOptions) => {
        output.json = options.json === true;
        const rows = selectedRows(options);
        const [only] = rows;
        if (only === undefined)
          throw new UsageError(
            localizable('No benchmark matches these options.'),
            localizable('Remove an option, or see `gan bench --help`.'),
          );
        output.say(header());
        for (const row of rows) {
          const result = rows.length === 1 ? await measureRow(row) : measureApart(row);
          output.emit(result);
          output.say(line(result));
        }
      });
  },
};

interface Row {
  readonly engine: EngineDefinition;
  readonly threads: number;
  readonly model: string;
  readonly batchSize: number;
}

/** In the order in which they are measured. */
export function selectedRows(options: Omit<BenchOptions, 'json'>): readonly Row[] {
  const all = benchmarkCases(options.batch).flatMap(({ model, batchSize }) =>
    engines.flatMap((engine) => {
      const threads =
        options.threads === undefined ? [...new Set([1, defaultThreads(engine)])] : [options.threads];
      return threads.map((count): Row => ({ engine, threads: count, model, batchSize }));
    }),
  );
  return all.filter(
    (row) =>
      (options.engine === undefined || row.engine.name === options.engine) &&
      (options.model === undefined || row.model === options.model) &&
      row.threads <= row.engine.maxThreads &&
      // A slow engine takes minutes for the large cases; they are measured only on request.
      (options.engine === row.engine.name ||
        (isOrdinary(row.engine) &&
          (!row.engine.isLastResort || (row.model === 'dcgan-textbook' && row.batchSize === 64)))),
  );
}

async function measureRow(row: Row): Promise<BenchmarkLine> {
  const benchmark = benchmarkCases(row.batchSize).find(({ model }) => model === row.model);
  if (benchmark === undefined) throw new RangeError(`no benchmark ${row.model} at ${row.batchSize}`);
  const engine = await row.engine.open(row.threads);
  try {
    return await measure(engine, benchmark);
  } finally {
    await engine.dispose();
  }
}

/** Measures in a separate process, so that the peak memory is that of this case alone. */
function measureApart(row: Row): BenchmarkLine {
  const script = process.argv[1];
  if (script === undefined) throw new RangeError('the command was not started from a file');
  const result = spawnSync(
    process.execPath,
    [
      script,
      'bench',
      '--json',
      ...['--engine', row.engine.name, '--threads', String(row.threads)],
      ...['--model', row.model, '--batch', String(row.batchSize)],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (result.status !== 0)
    throw new Error(`the benchmark of ${row.model} ended with ${result.status ?? result.signal}`);
  const parsed: BenchmarkLine = JSON.parse(result.stdout);
  return parsed;
}

/** Title and width in columns of a terminal, and what it shows. */
function columns(): readonly (readonly [string, number, (row: BenchmarkLine) => string | number])[] {
  return [
    [t('engine'), 11, (row) => row.engine],
    [t('threads'), 8, (row) => row.threads],
    [t('model'), 16, (row) => row.model],
    [t('batch'), 6, (row) => row.batchSize],
    [t('step ms'), 9, (row) => row.stepMs],
    [t('images/s'), 9, (row) => row.imagesPerSecond],
    ['GFLOP/s', 8, (row) => row.gflops],
    [t('peak'), 7, (row) => row.peakGflops],
    [t('of peak'), 8, (row) => `${(row.shareOfPeak * 100).toFixed(0)}%`],
    [t('memory MB'), 10, (row) => row.peakMemoryMb],
  ];
}

function header(): string {
  return columns()
    .map(([title, width]) => padStartTo(title, width))
    .join(' ');
}

function line(row: BenchmarkLine): string {
  return columns()
    .map(([, width, value]) => padStartTo(String(value(row)), width))
    .join(' ');
}
