/** `gan mcp` as an assistant uses it: through the client of the protocol's own package. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { agentTools } from '../../agent/registry';
import { packageRoot } from '../../shared/package-root';

const GAN = join(packageRoot(), 'dist', 'gan.cjs');

const experiment = {
  ...points,
  logging: { sampleEvery: 10, checkpointEvery: 10, sampleCount: 4 },
  evaluation: { every: 10, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
  length: { steps: 20 },
};

async function workspaceFolder(steps = 20): Promise<string> {
  const folder = await temporaryFolder();
  const text = JSON.stringify({ ...experiment, length: { steps } }, undefined, 2);
  writeFileSync(join(folder, 'toy.gan.json'), `// A toy.\n${text}\n`);
  return folder;
}

interface Connected {
  readonly client: Client;
  readonly pid: number | null;
  /** Calls a tool and returns what it answers, or its refusal as a string. */
  call(name: string, args?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>;
}

async function connect(folder: string): Promise<Connected> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [GAN, 'mcp'],
    cwd: folder,
    env: { ...process.env, PATH: process.env.PATH ?? '' },
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return {
    client,
    pid: transport.pid,
    async call(name, args = {}, signal) {
      const result = await client.callTool({ name, arguments: args }, signal === undefined ? {} : { signal });
      const texts = result.content.flatMap((part) => (part.type === 'text' ? part.text : []));
      return result.isError === true ? texts.join('\n') : JSON.parse(texts.at(-1) ?? '');
    },
  };
}

it('offers all tools, with hints by which a client asks before anything is changed', async () => {
  const { client } = await connect(await workspaceFolder());
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(agentTools.map(({ name }) => name));
  const asked = tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map(({ name }) => name);
  expect(asked).toEqual([
    'create_experiment',
    'start_training',
    'resume_training',
    'stop_training',
    'start_sweep',
    'stop_sweep',
  ]);
});

it('lets an assistant train, read, change and compare', async () => {
  const folder = await workspaceFolder();
  const { client, call } = await connect(folder);
  expect(await call('list_experiments')).toMatchObject({
    experiments: { total: 1, items: ['toy.gan.json'] },
  });
  expect(await call('list_runs')).toEqual({ total: 0, runs: [] });
  expect(await call('start_training', { experiment: 'toy' })).toEqual({ run: 'gan-runs/00001-toy' });
  expect(await call('wait_for_run', { run: '1' })).toMatchObject({
    status: 'completed',
    step: 20,
    ended: true,
  });
  const read = await call('read_run', { run: '00001-toy' });
  expect(read).toMatchObject({
    status: 'completed',
    scores: [{ name: 'slicedWasserstein', better: 'lower' }],
    config: { length: { steps: 20 } },
  });
  expect(JSON.stringify(read)).not.toContain(folder);
  const picture = await client.callTool({ name: 'view_samples', arguments: { run: '1', step: 11 } });
  const image = picture.content.find(({ type }) => type === 'image');
  expect(image).toMatchObject({ mimeType: 'image/png', data: expect.stringMatching(/^iVBORw0KGgo/) });
  expect(picture.content[0]).toEqual({ type: 'text', text: 'Samples of gan-runs/00001-toy at step 10' });

  const made = { from: 'toy', name: 'slow', changes: { 'optimiser.generatorLearningRate': 0.00001 } };
  expect(await call('create_experiment', made)).toEqual({
    experiment: 'slow.gan.json',
    changed: ['optimiser.generatorLearningRate'],
  });
  // What the user wrote around it stays.
  expect(readFileSync(join(folder, 'slow.gan.json'), 'utf8')).toMatch(/^\/\/ A toy\.\n/);
  expect(await call('create_experiment', made)).toBe('slow.gan.json exists already. Choose another name.');
  expect(await call('start_training', { experiment: 'slow.gan.json' })).toEqual({
    run: 'gan-runs/00002-slow',
  });
  await call('wait_for_run', { run: '2' });
  expect(await call('compare_runs', { runs: ['1', '2'] })).toMatchObject({
    baseline: 'gan-runs/00001-toy',
    runs: [{ settings: {} }, { settings: { 'optimiser.generatorLearningRate': 0.00001 } }],
  });
  expect(await call('list_runs', { limit: 1 })).toMatchObject({
    total: 2,
    nextOffset: 1,
    runs: [{ run: 'gan-runs/00002-slow' }],
  });
  expect(await call('list_runs', { experiment: 'toy', status: 'completed' })).toMatchObject({ total: 1 });
  expect(await call('explain_part', { name: 'r1' })).toMatchObject({ parts: [{ kind: 'Regularisers' }] });
});

it('says what to do about wrong input', async () => {
  const folder = await workspaceFolder();
  const { call } = await connect(folder);
  expect(await call('read_run', { run: '7' })).toBe(
    'There is no run "7". list_runs returns the runs that exist.',
  );
  expect(await call('read_run', { name: '7' })).toMatch(/run: .*expected string/);
  expect(await call('start_training', { experiment: '../../etc/passwd' })).toMatch(
    /^There is no ".*" in the workspace\. list_experiments returns what there is\.$/,
  );
  expect(
    await call('create_experiment', { from: 'toy', name: 'odd', changes: { 'optimiser.beta1': 2 } }),
  ).toMatch(/optimiser\.beta1: Expected a number .* found 2\.\s*Nothing was written\./s);
  expect(await call('create_experiment', { from: 'toy', name: '../odd', changes: {} })).toMatch(/name/);
  expect(await call('explain_part', { name: 'r9' })).toMatch(/^There is no part "r9"\./);
  expect(await call('stop_training', { run: '1' })).toMatch(/^There is no run "1"\./);
  expect(readdirSync(folder)).toEqual(['toy.gan.json']);
});

it('cancels a call, and goes on with others', async () => {
  const { call } = await connect(await workspaceFolder(1_000_000));
  await call('start_training', { experiment: 'toy' });
  const cancelling = new AbortController();
  const waiting = call('wait_for_run', { run: '1', seconds: 300 }, cancelling.signal);
  cancelling.abort();
  await expect(waiting).rejects.toThrow();
  expect(await call('stop_training', { run: '1' })).toEqual({ run: 'gan-runs/00001-toy', requested: 'stop' });
  expect(await call('wait_for_run', { run: '1' })).toMatchObject({ status: 'stopped' });
});

it('runs a sweep', async () => {
  const folder = await workspaceFolder();
  const sweep = {
    experiment: 'toy.gan.json',
    parameters: { 'optimiser.beta1': [0, 0.5] },
    search: 'grid',
    seeds: 1,
    objective: 'slicedWasserstein',
    pruning: 'none',
  };
  writeFileSync(join(folder, 'toy.gan-sweep.json'), JSON.stringify(sweep));
  const { call } = await connect(folder);
  expect(await call('start_sweep', { sweep: 'toy' })).toEqual({ sweep: 'gan-runs/sweeps/00001-toy' });
  await expect
    .poll(() => call('read_sweep', { sweep: '00001-toy' }), { timeout: 60_000 })
    .toMatchObject({ counts: { completed: 2 }, trials: [{ status: 'completed' }, { status: 'completed' }] });
});

const record = z.looseObject({ type: z.string(), step: z.int() });

it('loses nothing when its process is killed in mid-training', async () => {
  const folder = await workspaceFolder(100);
  const first = await connect(folder);
  await first.call('start_training', { experiment: 'toy' });
  await first.call('wait_for_run', { run: '1', step: 30 });
  if (first.pid === null) throw new Error('the server has no process');
  process.kill(first.pid, 'SIGKILL');
  const second = await connect(folder);
  // Its training goes on without it until it is stopped, too.
  await second.call('stop_training', { run: '1' });
  const stopped = await second.call('wait_for_run', { run: '1' });
  expect(stopped).toMatchObject({ ended: true });
  await second.call('resume_training', { run: '1' });
  expect(await second.call('wait_for_run', { run: '1' })).toMatchObject({ status: 'completed', step: 100 });
  const lines = readFileSync(join(folder, 'gan-runs', '00001-toy', 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const steps = lines.map((line) => record.parse(JSON.parse(line))).filter(({ type }) => type === 'step');
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});
