import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { objects, requireGan, runGan } from '../../test/support/gan-command';

let folder = '';
let experiment = '';
beforeAll(() => {
  requireGan();
  folder = mkdtempSync(join(tmpdir(), 'gan-describe-'));
  experiment = join(folder, 'toy.gan.json');
  writeFileSync(experiment, '{ "data": { "source": "points2d" }, "logging": { "sampleCount": 8 } }');
});
afterAll(() => rmSync(folder, { recursive: true }));

const describe = (...args: readonly string[]) => runGan(['describe', ...args], { folder });

it('describes an experiment, and what a step takes here', async () => {
  const [line] = objects((await describe(experiment, '--set', 'generator.hidden=[8]', '--json')).stdout);
  expect(line).toMatchObject({
    type: 'describe',
    networks: [{ name: 'generator', parameters: 2 * 8 + 8 + 8 * 2 + 2 }, { name: 'discriminator' }],
    memoryBytes: expect.any(Number),
    stepSeconds: expect.any(Number),
  });
  const { stdout } = await describe(experiment, '--no-time');
  expect(stdout).toMatch(/^generator: 2 → 2, [\d,]+ parameters\n {2}layer /);
  expect(stdout).toMatch(/ MB of memory beside the data, at a batch of \d+\n$/);
});

it('describes a run, and draws networks as a flowchart', async () => {
  expect((await runGan(['train', experiment, '--steps', '2'], { folder })).status).toBe(0);
  const { stdout } = await describe(join('gan-runs', '00001-toy'), '--mermaid');
  expect(stdout).toContain('flowchart TB\n  subgraph generator');
});

it('says what is wrong with an experiment', async () => {
  const { status, stderr } = await describe(experiment, '--set', 'generator.hidden=[0]');
  expect([status, stderr]).toEqual([2, expect.stringContaining('generator.hidden')]);
});
