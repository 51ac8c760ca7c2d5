import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { failureLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import type { EvaluationEstimate, EvaluationProgress } from '../../shared/evaluation-progress';
import { localizable } from '../../shared/localizable-text';
import { type EvaluationRequest, evaluateInProcess, shareDone } from './evaluation-process';

const estimate: EvaluationEstimate = {
  seconds: 100,
  samples: 10,
  reference: 5,
  parts: { referenceFeatures: 0, samples: 20, features: 30, metrics: 50 },
};

/** Creates a command that executes these lines of JavaScript. */
async function request(
  lines: readonly string[],
  changes: Partial<EvaluationRequest> = {},
): Promise<EvaluationRequest & { readonly told: unknown[] }> {
  const command = join(await temporaryFolder(), 'gan.cjs');
  await writeFile(command, `const say = (x) => console.log(JSON.stringify(x));\n${lines.join('\n')}`);
  const told: unknown[] = [];
  return {
    command,
    runFolder: '/runs/00001-a',
    samples: 10,
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress.phase),
    onEstimate: ({ seconds }) => told.push(seconds),
    onOutput: (line) => told.push(line),
    told,
    ...changes,
  };
}

describe('scoring in a process', () => {
  it('tells how far it is and gives the scores', async () => {
    const asked = await request([
      "say({ type: 'progress', phase: 'reference', done: 0, total: 5 });",
      `say(${JSON.stringify({ type: 'estimate', ...estimate })});`,
      "say({ schemaVersion: 1, type: 'score', step: 4, name: 'fid', value: 3, protocol: process.argv.slice(2).join(' ') });",
      "say({ type: 'end', step: 4, seconds: 1 });",
    ]);
    const scores = await evaluateInProcess({ ...asked, step: 4 });
    expect(scores).toMatchObject([
      { name: 'fid', value: 3, protocol: 'evaluate /runs/00001-a --samples 10 --from 4 --json' },
    ]);
    expect(asked.told).toEqual(['reference', 100]);
  });

  it('passes on what a library writes between the records', async () => {
    const asked = await request([
      "console.log('a warning of the runtime\\n3');",
      "say({ schemaVersion: 1, type: 'score', step: 4, name: 'fid', value: 3, protocol: 'p' });",
    ]);
    expect(await evaluateInProcess(asked)).toMatchObject([{ name: 'fid' }]);
    expect(asked.told).toEqual(['a warning of the runtime', '3']);
  });

  it('passes on the failure of the command, ready to be translated', async () => {
    const failure = failureLine(
      new WorkbenchError(localizable('There is no {0}.', 'run'), 'Train it first.'),
    );
    const asked = await request([
      "console.error('There is no run.\\nTrain it first.');",
      `say(${JSON.stringify(failure)});`,
      'process.exitCode = 1;',
    ]);
    await expect(evaluateInProcess(asked)).rejects.toMatchObject({
      message: 'There is no run.',
      remedy: 'Train it first.',
      said: { message: { text: 'There is no {0}.', values: ['run'] } },
    });
  });

  it('passes on what a process that crashed has written', async () => {
    const asked = await request(["console.error('Segmentation fault');", 'process.exit(139);']);
    await expect(evaluateInProcess(asked)).rejects.toMatchObject({ message: 'Segmentation fault' });
  });

  it('ends when it is cancelled', async () => {
    const cancelling = new AbortController();
    const asked = await request(
      [
        "process.on('SIGINT', () => process.exit(130));",
        "say({ type: 'progress', phase: 'samples', done: 0, total: 5 });",
        'setInterval(() => undefined, 1000);',
      ],
      { signal: cancelling.signal, onProgress: () => cancelling.abort() },
    );
    expect(await evaluateInProcess(asked)).toBeUndefined();
  });
});

it('goes by the estimate for how much is done', () => {
  const at = (phase: EvaluationProgress['phase'], done: number): number =>
    shareDone(estimate, { phase, done, total: 10 });
  expect(at('classifier', 10)).toBe(0);
  expect(at('referenceFeatures', 10)).toBe(0);
  expect(at('samples', 5)).toBeCloseTo(0.1);
  expect(at('features', 10)).toBeCloseTo(0.5);
  expect(at('metrics', 10)).toBe(1);
});
