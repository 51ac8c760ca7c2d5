import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { configOf } from '../../../test/support/experiment-training';
import { createToyRun } from '../../../test/support/toy-run';
import { parseExperiment } from '../../config/load';
import { fineTuneRun } from './fine-tune';

interface Place {
  readonly fsPath: string;
}

const editor = vi.hoisted(() => ({ shown: [] as string[], errors: [] as string[] }));

vi.mock('vscode', async () => {
  const files = await import('node:fs/promises');
  const paths = await import('node:path');
  return {
    Uri: {
      file: (fsPath: string) => ({ fsPath }),
      joinPath: ({ fsPath }: Place, ...parts: readonly string[]) => ({
        fsPath: paths.join(fsPath, ...parts),
      }),
    },
    l10n: { t: (text: string, ...values: readonly unknown[]) => text.replace('{0}', String(values[0])) },
    window: {
      showTextDocument: async ({ fsPath }: Place) => void editor.shown.push(fsPath),
      showErrorMessage: async (text: string) => void editor.errors.push(text),
    },
    workspace: {
      fs: {
        readFile: async ({ fsPath }: Place) => await files.readFile(fsPath),
        writeFile: async ({ fsPath }: Place, bytes: Uint8Array) => await files.writeFile(fsPath, bytes),
        readDirectory: async ({ fsPath }: Place) => (await files.readdir(fsPath)).map((name) => [name, 1]),
      },
    },
  };
});
vi.mock('../experiments/nodes', () => ({ CheckpointNode: class {} }));
vi.mock('./run-target', () => ({}));

/** A project with an experiment of this text, and a run of it. */
async function project(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gan-fine-tune-'));
  const experimentFile = join(folder, 'toy.gan.json');
  await writeFile(experimentFile, text);
  const config = configOf({ data: { source: 'points2d' }, seed: 5 });
  const run = await createToyRun({ runsFolder: join(folder, 'gan-runs'), experimentFile, config });
  await run.close();
  return { folder, experimentFile, runFolder: run.folder };
}

const experimentIn = async (file = '') => parseExperiment(await readFile(file, 'utf8'), file);

beforeEach(() => {
  Object.assign(editor, { shown: [], errors: [] });
});

it('copies the experiment of the run beside it, with the weights as a start, and replaces nothing', async () => {
  const { folder, runFolder } = await project('{\n  // mine\n  "data": {"source": "points2d"},\n}\n');
  await fineTuneRun(runFolder, 10);
  await fineTuneRun(runFolder, undefined);
  expect(editor.shown).toEqual(
    ['toy-fine-tuned.gan.json', 'toy-fine-tuned-2.gan.json'].map((name) => join(folder, name)),
  );
  const [first, second] = await Promise.all(editor.shown.map(experimentIn));
  expect(first?.initialise).toMatchObject({ from: 'gan-runs/00001-toy', checkpoint: 10 });
  expect(second?.initialise).toMatchObject({ from: 'gan-runs/00001-toy', checkpoint: 'best' });
  expect(await readFile(editor.shown[0] ?? '', 'utf8')).toContain('// mine');
});

it('takes the configuration of the run where its experiment was deleted', async () => {
  const { folder, runFolder, experimentFile } = await project('{}');
  await rm(experimentFile);
  await fineTuneRun(runFolder, undefined);
  expect(editor.shown).toEqual([join(folder, 'toy-fine-tuned.gan.json')]);
  expect(await experimentIn(editor.shown[0])).toMatchObject({
    seed: 5,
    initialise: { from: 'gan-runs/00001-toy' },
  });
});

it('writes nothing where the experiment is broken', async () => {
  const { folder, runFolder } = await project('{"data": ');
  await fineTuneRun(runFolder, undefined);
  expect(editor.errors).toEqual(['toy.gan.json is not valid JSON. Correct it first.']);
  expect((await readdir(folder)).sort()).toEqual(['gan-runs', 'toy.gan.json']);
});
