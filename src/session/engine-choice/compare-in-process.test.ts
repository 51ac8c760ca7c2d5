import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { ImportCancelledError } from '../../data/packed/make-pack';
import { formatText } from '../../shared/localizable-text';
import { compareInProcess } from './compare-in-process';

const network = {
  config: { a: 1 },
  data: { example: { kind: 'points', dimensions: 2 } },
  modules: { of: 'experiment', folder: '/' },
  processor: 'onnx',
  device: 'onnx-webgpu',
} as const;

async function scriptOf(code: string): Promise<string> {
  const file = join(await temporaryFolder(), 'compare.cjs');
  await writeFile(file, code);
  return file;
}

async function reasonFor(code: string, limitMs?: number): Promise<string> {
  const script = await scriptOf(code);
  const comparison = await compareInProcess(network, {
    script,
    ...(limitMs === undefined ? {} : { limitMs }),
  });
  return comparison.kind === 'unusable' ? formatText(comparison.reason) : 'usable';
}

it('returns what the process has measured', async () => {
  const script = await scriptOf(`process.on('message', ({ type, processor, config }) =>
    process.send({ type: 'compared', comparison: { kind: 'measured', processorStepMs: config.a } }));`);
  expect(await compareInProcess(network, { script })).toEqual({ kind: 'measured', processorStepMs: 1 });
});

it.skipIf(process.platform === 'win32')('survives a driver that crashes its process', async () => {
  expect(await reasonFor(`process.on('message', () => process.kill(process.pid, 'SIGSEGV'));`)).toBe(
    'the process that tried it ended with SIGSEGV',
  );
});

it('survives a process that ends without an answer', async () => {
  expect(await reasonFor('process.exit(7);')).toBe('the process that tried it ended with 7');
});

it('does not wait for a driver that hangs', async () => {
  expect(await reasonFor(`process.on('message', () => { for (;;); });`, 1)).toBe(
    'trying it took more than 0.001 seconds',
  );
});

it('ends a step on the device that does not end in time', async () => {
  const script = await scriptOf(`process.on('message', () => {
    process.send({ type: 'timing', processorStepMs: 85, remainingMs: 1 });
    setImmediate(() => { for (;;); });
  });`);
  expect(await compareInProcess(network, { script })).toEqual({ kind: 'measured', processorStepMs: 85 });
});

it('passes on why the network could not be tried', async () => {
  const failed = `process.on('message', () => process.send({ type: 'failed', message: 'no such part' }));`;
  expect(await reasonFor(failed)).toBe('no such part');
});

it('needs no process where the program is missing', async () => {
  const comparison = await compareInProcess(network, { script: '/none.cjs' });
  expect(comparison).toMatchObject({ kind: 'unusable', reason: { values: ['/none.cjs'] } });
});

it('stops when training is cancelled', async () => {
  const controller = new AbortController();
  const script = await scriptOf(`process.on('message', () => undefined);`);
  const comparison = compareInProcess(network, { script, signal: controller.signal });
  controller.abort();
  await expect(comparison).rejects.toThrow(ImportCancelledError);
  await expect(compareInProcess(network, { script, signal: controller.signal })).rejects.toThrow(
    ImportCancelledError,
  );
});
