/** Runs that start from the weights of another, through whole sessions as the command line opens them. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { loadExperiment } from '../config/load';
import { changeStoredConfig } from '../config/stored';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import { readMetrics } from '../run-folder/metrics-reader';
import { readRunRecord } from '../run-folder/run-record';
import type { HostTensors } from '../shared/host-tensor';
import { formatText } from '../shared/localizable-text';
import { RUN_FILES, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { encodeSafetensors } from '../storage/safetensors';
import type { TrainingObserver } from '../training/job';
import { InitialWeightsError } from './initial-weights';
import { readStoredConfig } from './stored-run';
import { resumeSession, startSession } from './training-session';

const common = {
  ...points,
  engine: { name: 'onnx', threads: 1 },
  logging: { checkpointEvery: 2, sampleEvery: 100, sampleCount: 4 },
};

interface Started {
  readonly file: string;
  readonly folder: string;
}

async function train(
  project: string,
  name: string,
  experiment: object,
  observer: TrainingObserver = {},
): Promise<Started> {
  const file = join(project, `${name}.gan.json`);
  await writeFile(file, JSON.stringify({ ...common, ...experiment }));
  const session = await startSession({ experiment: await loadExperiment(file), observer });
  await session.run();
  return { file, folder: session.folder };
}

/** A project with a run of four steps to start from. */
async function project(experiment: object = {}): Promise<{ readonly root: string; readonly parent: string }> {
  const root = await temporaryFolder();
  const { folder } = await train(root, 'parent', { ...experiment, length: { steps: 4 } });
  return { root, parent: folder };
}

async function leavesAt(folder: string, step: number): Promise<HostTensors> {
  return (await readCheckpoint(checkpointPath(folder, step))).leaves;
}

const FROM = 'gan-runs/00001-parent';

describe('a run that starts from another', () => {
  it('has its averaged weights at step 0, with everything else anew, and names it', async () => {
    const { root, parent } = await project();
    const { folder } = await train(root, 'child', { length: { steps: 2 }, initialise: { from: FROM } });
    const [source, first] = [await leavesAt(parent, 4), await leavesAt(folder, 0)];
    for (const [name, tensor] of Object.entries(first)) {
      if (name.startsWith('discriminator/')) expect(tensor, name).toEqual(source[name]);
      else if (/^(ema\/)?generator\//.test(name))
        expect(tensor, name).toEqual(source[`ema/${name.replace('ema/', '')}`]);
      else
        expect(
          tensor.data.every((value) => value === 0),
          name,
        ).toBe(true);
    }
    const record = await readRunRecord(folder);
    expect(record.parent).toEqual({
      run: '00001-parent',
      step: 4,
      weights: { path: parent, networks: ['generator', 'discriminator'], isAveraged: true },
    });
    const events: string[] = [];
    for await (const { record: line } of readMetrics(join(folder, RUN_FILES.metrics)))
      if (line.type === 'event') events.push(line.event);
    expect(events[0]).toBe('started');
    expect(await readFile(join(folder, RUN_FILES.log), 'utf8')).toContain(
      'Starts from 8 weights of 00001-parent, step 4: the generator’s are the moving average.',
    );
  });

  it('resumes exactly once the other is gone, from step 0 too', async () => {
    const { root, parent } = await project();
    const experiment = {
      length: { steps: 4 },
      initialise: { from: FROM },
      freeze: { discriminator: ['hidden1'] },
    };
    const straight = await train(root, 'straight', experiment);
    const halves = await train(root, 'halves', { ...experiment, length: { steps: 2 } });
    const anew = join(root, 'gan-runs', '00009-anew');
    await cp(halves.folder, anew, { recursive: true });
    await rm(checkpointPath(anew, 2));
    await rm(parent, { recursive: true });
    const expected = await readFile(checkpointPath(straight.folder, 4));
    for (const runFolder of [halves.folder, anew]) {
      const config = changeStoredConfig(await readStoredConfig(runFolder), ['length.steps=4']);
      const session = await resumeSession({
        runFolder,
        config,
        experimentFile: halves.file,
        experimentName: 'halves',
      });
      await session.run();
      expect((await readFile(checkpointPath(runFolder, 4))).equals(expected), runFolder).toBe(true);
    }
  });

  it('is not resumed from random weights where its checkpoints are gone', async () => {
    const { root } = await project();
    const { file, folder } = await train(root, 'child', { length: { steps: 2 }, initialise: { from: FROM } });
    for (const step of await checkpointSteps(folder)) await rm(checkpointPath(folder, step));
    const config = await readStoredConfig(folder);
    await expect(
      resumeSession({ runFolder: folder, config, experimentFile: file, experimentName: 'child' }),
    ).rejects.toThrow('has no checkpoint, not even that of the weights it started from');
  });

  it('can take one network, the current weights and a certain checkpoint, by its file too', async () => {
    const { root, parent } = await project();
    const source = await leavesAt(parent, 2);
    const kernel = 'generator/output/kernel';
    const plan = { networks: ['generator'], average: false };
    const chosen = [
      { from: FROM, checkpoint: 2, ...plan },
      { from: `${FROM}/checkpoints/step-00000002.safetensors`, ...plan },
    ];
    for (const initialise of chosen) {
      const { folder } = await train(root, 'child', { length: { steps: 1 }, initialise });
      const first = await leavesAt(folder, 0);
      expect(first[kernel]).toEqual(source[kernel]);
      expect(first[`ema/${kernel}`]).toEqual(source[kernel]);
      expect(first['discriminator/logit/kernel']).not.toEqual(source['discriminator/logit/kernel']);
      expect((await readRunRecord(folder)).parent).toMatchObject({
        run: '00001-parent',
        step: 2,
        weights: { networks: ['generator'], isAveraged: false },
      });
    }
  });

  it('starts from it again where it is restarted under another configuration', async () => {
    const { root, parent } = await project();
    const { file, folder } = await train(root, 'child', { length: { steps: 1 }, initialise: { from: FROM } });
    const config = changeStoredConfig(await readStoredConfig(folder), ['freeze.discriminator=["hidden1"]']);
    const session = await resumeSession({
      runFolder: folder,
      config,
      experimentFile: file,
      experimentName: 'child',
      fromStep: 1,
    });
    await session.run();
    const kernel = 'discriminator/hidden1/kernel';
    expect((await leavesAt(session.folder, 1))[kernel]).toEqual((await leavesAt(parent, 4))[kernel]);
  });
});

describe('weights that do not fit', () => {
  const wider = { latent: { size: 3 }, length: { steps: 1 } };

  it('are refused with both shapes, before anything is written', async () => {
    const { root } = await project();
    await expect(train(root, 'child', { ...wider, initialise: { from: FROM } })).rejects.toMatchObject({
      name: 'InitialWeightsError',
      message: expect.stringMatching(
        /^1 weights in .*00001-parent do not fit the networks of the experiment:\n {2}generator\/hidden1\/kernel: \[2, 6\] in the checkpoint, \[3, 6\] in the experiment$/,
      ),
    });
    await expect(readRunRecord(join(root, 'gan-runs', '00002-child'))).rejects.toThrow('does not exist');
  });

  it('are skipped where the experiment says so, with a warning, in the log and in the record', async () => {
    const { root } = await project();
    const warnings: string[] = [];
    const { folder } = await train(
      root,
      'child',
      { ...wider, initialise: { from: FROM, mismatch: 'skip' } },
      { onWarning: (warning) => void warnings.push(formatText(warning)) },
    );
    const line = 'generator/hidden1/kernel: [2, 6] in the checkpoint, [3, 6] in the experiment';
    expect(warnings).toEqual([`1 weights of 00001-parent do not fit and were skipped:\n  ${line}`]);
    expect(await readFile(join(folder, RUN_FILES.log), 'utf8')).toContain(line);
    expect((await readRunRecord(folder)).parent?.weights?.skipped).toEqual({ count: 1, leaves: [line] });
  });

  it('are an error where none fits, even if they may be skipped', async () => {
    const { root } = await project();
    const networks = {
      generator: { network: 'mlp', hidden: [5, 5, 5] },
      discriminator: { network: 'mlp', hidden: [5, 5, 5] },
      latent: { size: 3 },
    };
    const initialise = { from: FROM, networks: ['discriminator'], mismatch: 'skip' };
    const bare = {
      ...networks,
      data: { ...points.data, distribution: 'ring' },
      initialise,
      length: { steps: 1 },
    };
    // Of this discriminator even the last bias has no counterpart of the same name.
    const layers = [{ layer: 'dense', units: 1 }];
    await expect(
      train(root, 'child', { ...bare, discriminator: { network: 'layers', layers } }),
    ).rejects.toThrow(/^None of the weights in .* fit the networks of the experiment:/);
  });
});

describe('a source that cannot be used', () => {
  const start = async (root: string, from: string): Promise<unknown> =>
    train(root, 'child', { length: { steps: 1 }, initialise: { from } });

  it('is named where there is nothing', async () => {
    const root = await temporaryFolder();
    await expect(start(root, 'gan-runs/00001-gone')).rejects.toThrow(InitialWeightsError);
    await expect(start(root, '.')).rejects.toThrow('run.json does not exist');
  });

  it('is a damaged checkpoint, a file of another program, or no safetensors at all', async () => {
    const { root, parent } = await project();
    const bytes = await readFile(checkpointPath(parent, 4));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    await writeFile(join(root, 'damaged.safetensors'), bytes);
    const foreign = encodeSafetensors(await leavesAt(parent, 4), { format: 'pt' });
    await writeFile(join(root, 'foreign.safetensors'), Buffer.concat(foreign));
    await writeFile(join(root, 'text.safetensors'), 'no weights');
    await expect(start(root, 'damaged.safetensors')).rejects.toThrow('do not match the checksum');
    await expect(start(root, 'foreign.safetensors')).rejects.toThrow('it is not a checkpoint of a run');
    await expect(start(root, 'text.safetensors')).rejects.toMatchObject({ name: 'SafetensorsError' });
  });

  it('names leaves as it likes, which are shown without control characters and not without end', async () => {
    const { root, parent } = await project();
    const leaves = await leavesAt(parent, 4);
    const [tensor] = Object.values(leaves);
    if (tensor === undefined) throw new RangeError('the checkpoint is empty');
    const strange = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`generator/\u001b[2J\n${'x'.repeat(200)}${i}`, tensor]),
    );
    const state = {
      schemaVersion: RUN_SCHEMA_VERSION,
      step: 4,
      images: 0,
      random: {},
      data: { epoch: 0, offset: 0 },
    };
    const chunks = encodeSafetensors({ ...leaves, ...strange }, { 'gan-workbench': JSON.stringify(state) });
    await writeFile(join(root, 'strange.safetensors'), Buffer.concat(chunks));
    const failure: unknown = await start(root, 'strange.safetensors').catch((error: unknown) => error);
    const message = failure instanceof InitialWeightsError ? failure.message : '';
    expect(message).toMatch(/^60 weights in /);
    expect(message).toContain('generator/\ufffd[2J\ufffdxxx');
    expect(message).not.toContain('\u001b');
    expect(message.split('\n')).toHaveLength(42);
    expect(message.split('\n').at(-1)).toBe('  and 20 more');
    expect(
      Math.max(
        ...message
          .split('\n')
          .slice(1)
          .map((line) => line.length),
      ),
    ).toBeLessThan(200);
  });
});
