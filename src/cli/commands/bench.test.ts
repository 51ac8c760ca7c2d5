import { expect, it } from 'vitest';
import { benchmarkCases, benchmarkModels } from '../../benchmark/cases';
import { defaultThreads, isOrdinary } from '../../engine/definition';
import { engines } from '../../engine/registry';
import { selectedRows } from './bench';

const rows = (options: Parameters<typeof selectedRows>[0]): string[] =>
  selectedRows(options).map(
    ({ engine, threads, model, batchSize }) => `${engine.name} ${threads} ${model} ${batchSize}`,
  );

it.each(engines)(
  'measures all cases on $name if asked to, with one thread and with all',
  ({ name, maxThreads }) => {
    const threads = [...new Set([1, defaultThreads({ maxThreads })])];
    expect(rows({ engine: name })).toEqual(
      benchmarkCases().flatMap(({ model, batchSize }) =>
        threads.map((count) => `${name} ${count} ${model} ${batchSize}`),
      ),
    );
  },
);

it('measures a slow engine on one small case unless asked to', () => {
  const slow = engines.filter(({ isLastResort }) => isLastResort).map(({ name }) => name);
  const measured = rows({ threads: 1 }).filter((row) => slow.some((name) => row.startsWith(`${name} `)));
  expect(measured).toEqual(slow.map((name) => `${name} 1 dcgan-textbook 64`));
});

it('measures every model with the batch size that was asked for', () => {
  expect(rows({ engine: 'onnx', threads: 1, batch: 512 })).toEqual(
    benchmarkModels.map((model) => `onnx 1 ${model} 512`),
  );
});

it('leaves out engines that have to be chosen by name', () => {
  const measured = new Set(rows({}).map((row) => row.split(' ')[0]));
  expect(measured).toEqual(new Set(engines.filter(isOrdinary).map(({ name }) => name)));
});

it('leaves out engines that cannot use that many threads', () => {
  const able = engines
    .filter((engine) => engine.maxThreads >= 4 && isOrdinary(engine))
    .map(({ name }) => name);
  expect(new Set(selectedRows({ threads: 4 }).map(({ engine }) => engine.name))).toEqual(new Set(able));
  for (const { name, maxThreads } of engines)
    if (Number.isFinite(maxThreads)) expect(rows({ engine: name, threads: maxThreads + 1 })).toEqual([]);
});
