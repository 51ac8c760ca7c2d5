import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { pinCheckpoint, pinnedSteps, readLabels, writeLabels } from '../../run-folder/control';
import { TrainingManager } from '../training/training-manager';

/** The parts of the editor that deleting uses: the questions it was asked and the user's answers. */
const editor = vi.hoisted(() => ({
  experimentFile: '',
  hasTrash: true,
  /** Name of an item that cannot be deleted at all. */
  held: '',
  questions: [''],
  details: [''],
  answers: [''],
  trashed: [''],
}));

vi.mock('vscode', () => {
  const nothing = () => ({ dispose: () => undefined });
  class EventEmitter {
    readonly event = nothing;
    fire(): void {}
    dispose(): void {}
  }
  const uri = (path: string) => ({ fsPath: path, path });
  return {
    EventEmitter,
    env: { language: 'en' },
    Uri: { file: uri },
    l10n: {
      t: (text: string, ...values: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, index) => String(values[Number(index)])),
    },
    window: {
      createOutputChannel: () => ({ warn: (problem: string) => expect.unreachable(problem) }),
      onDidChangeWindowState: nothing,
      showWarningMessage: async (question: string, { detail }: { detail: string }) => {
        editor.questions.push(question);
        editor.details.push(detail);
        return editor.answers.shift();
      },
      showInputBox: async () => editor.answers.shift(),
    },
    workspace: {
      createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidDelete: nothing, dispose: nothing }),
      onDidChangeWorkspaceFolders: nothing,
      onDidChangeConfiguration: nothing,
      getConfiguration: () => ({ get: (_: string, usual: unknown) => usual }),
      findFiles: async (pattern: string) =>
        pattern.endsWith('.gan.json') ? [uri(editor.experimentFile)] : [],
      fs: {
        delete: async ({ fsPath }: { fsPath: string }, { useTrash }: { useTrash: boolean }) => {
          if (useTrash && !editor.hasTrash) throw new Error('no trash here');
          if (fsPath === editor.held) throw new Error('it is held');
          if (useTrash) editor.trashed.push(fsPath);
          await rm(fsPath, { recursive: true });
        },
      },
    },
  };
});

const { window, Uri } = await import('vscode');
const { RunsModel } = await import('../experiments/runs-model');
const { CheckpointNode, RunNode } = await import('../experiments/nodes');
const { deleteCheckpoint, deleteRun } = await import('./delete');
const { resumeTraining, stopTraining } = await import('./steer');
const { tagRun } = await import('./labels');

function host() {
  const log = window.createOutputChannel('GAN', { log: true });
  const training = new TrainingManager({
    openWorker: () => ({ isolation: 'thread', postMessage: () => undefined, on: () => undefined }),
    maxParallel: () => 1,
    recordDeath: async () => undefined,
    log,
  });
  return { training, runs: new RunsModel(log) };
}

async function stoppedRun() {
  const run = await createToyRun({
    runsFolder: join(dirname(editor.experimentFile), 'gan-runs'),
    experimentFile: editor.experimentFile,
  });
  await run.update({ status: 'stopped' });
  return run;
}

beforeEach(async () => {
  const experimentFile = join(await temporaryFolder(), 'toy.gan.json');
  Object.assign(editor, {
    experimentFile,
    hasTrash: true,
    held: '',
    questions: [],
    details: [],
    answers: [],
    trashed: [],
  });
});

describe('deleting a run', () => {
  it('asks, and moves to the trash only what was agreed to', async () => {
    const run = await stoppedRun();
    await run.close();
    await deleteRun(host(), [run.folder]);
    expect(existsSync(run.folder)).toBe(true);
    editor.answers = ['Move to Trash'];
    await deleteRun(host(), [run.folder]);
    expect(editor.questions).toHaveLength(2);
    expect(editor.trashed).toEqual([run.folder]);
    expect(existsSync(run.folder)).toBe(false);
  });

  it('asks again where there is no trash', async () => {
    const run = await stoppedRun();
    await run.close();
    editor.hasTrash = false;
    editor.answers = ['Move to Trash'];
    await deleteRun(host(), [run.folder]);
    expect(editor.questions.at(-1)).toContain('permanently');
    expect(existsSync(run.folder)).toBe(true);
    editor.answers = ['Move to Trash', 'Delete Permanently'];
    await deleteRun(host(), [run.folder]);
    expect(existsSync(run.folder)).toBe(false);
  });

  it('refuses one that another process trains, and one that is in the queue here', async () => {
    const run = await stoppedRun();
    const { training, ...others } = host();
    training.add({ type: 'resume', runFolder: run.folder });
    await expect(deleteRun({ training, ...others }, [run.folder])).rejects.toThrow('in use');
    await run.update({ status: 'running' });
    await expect(deleteRun(host(), [run.folder])).rejects.toThrow('in use: running');
    expect(editor.questions).toEqual([]);
    await run.close();
  });

  it('refuses a folder that is no run of the workspace', async () => {
    await expect(deleteRun(host(), [dirname(editor.experimentFile)])).rejects.toThrow(
      'not a run in this window',
    );
  });
});

/** Tree rows of these runs. */
async function rows({ runs }: ReturnType<typeof host>) {
  await runs.rediscover();
  return runs.runs.map((run) => new RunNode(run.run.folder, run));
}

describe('several selected rows', () => {
  it('are deleted after one question, the runs among them alone', async () => {
    const runs = [await stoppedRun(), await stoppedRun()];
    for (const run of runs) await run.close();
    const checkpoint = { step: 5, isLatest: true, isBest: false, isDamaged: false, isPinned: true };
    const file = Uri.file(join(dirname(editor.experimentFile), 'step-00000005.safetensors'));
    const window = host();
    const selected = [...(await rows(window)), new CheckpointNode('/elsewhere', checkpoint, file)];
    editor.answers = ['Move to Trash'];
    await deleteRun(window, selected);
    expect(editor.questions).toEqual([expect.stringContaining('2 runs')]);
    expect(editor.trashed.toSorted()).toEqual(runs.map(({ folder }) => folder).toSorted());
  });

  it('are deleted for good after one more question where there is no trash', async () => {
    const runs = [await stoppedRun(), await stoppedRun()];
    for (const run of runs) await run.close();
    editor.hasTrash = false;
    editor.answers = ['Move to Trash', 'Delete Permanently'];
    const window = host();
    await deleteRun(window, await rows(window));
    expect(editor.questions).toHaveLength(2);
    expect(runs.filter(({ folder }) => existsSync(folder))).toEqual([]);
  });

  it('are kept where one of them is in use', async () => {
    const [stopped, running] = [await stoppedRun(), await stoppedRun()];
    await stopped.close();
    await running.update({ status: 'running' });
    const window = host();
    await expect(deleteRun(window, await rows(window))).rejects.toThrow('in use: running');
    expect(editor.questions).toEqual([]);
    await running.close();
  });

  it('are resumed, those that can be', async () => {
    const [stopped, completed] = [await stoppedRun(), await stoppedRun()];
    await completed.update({ status: 'completed' });
    for (const run of [stopped, completed]) await run.close();
    const window = host();
    await resumeTraining(window, await rows(window));
    expect(window.training.jobs.map(({ runFolder }) => runFolder)).toEqual([stopped.folder]);
    await stopTraining(window, await rows(window));
    expect(window.training.jobs.map(({ state }) => state)).toEqual(['stopping']);
  });

  it('each keep their tags when more are added', async () => {
    const runs = [await stoppedRun(), await stoppedRun()];
    for (const run of runs) await run.close();
    const [first, second] = runs.map(({ folder }) => folder);
    if (first === undefined || second === undefined) throw new Error('There are no runs.');
    await writeLabels(first, { schemaVersion: 1, tags: ['mine'], note: '' });
    const window = host();
    editor.answers = ['good, new'];
    await tagRun(window, await rows(window));
    expect((await readLabels(first)).tags).toEqual(['mine', 'good', 'new']);
    expect((await readLabels(second)).tags).toEqual(['good', 'new']);
  });
});

describe('deleting a checkpoint', () => {
  it('takes its pin along and leaves the run', async () => {
    const run = await stoppedRun();
    await run.close();
    const file = join(run.folder, 'checkpoints', 'step-00000005.safetensors');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'weights');
    await pinCheckpoint(run.folder, 5);
    editor.answers = ['Move to Trash'];
    const checkpoint = { step: 5, isLatest: true, isBest: false, isDamaged: false, isPinned: true };
    await deleteCheckpoint(host(), [new CheckpointNode(run.folder, checkpoint, Uri.file(file))]);
    expect(editor.trashed).toEqual([file]);
    expect([...(await pinnedSteps(run.folder))]).toEqual([]);
    expect(existsSync(join(run.folder, 'run.json'))).toBe(true);
  });

  it.each([
    [[7], 'can then be resumed from step 5'],
    [[5, 7], 'will have no checkpoints left'],
    [[5], undefined],
  ])('says what is lost with those of steps %j', async (steps, loss) => {
    const run = await stoppedRun();
    await run.close();
    const fileOf = (step: number) => join(run.folder, 'checkpoints', `step-0000000${step}.safetensors`);
    await mkdir(join(run.folder, 'checkpoints'), { recursive: true });
    for (const step of [5, 7]) await writeFile(fileOf(step), 'weights');
    const nodes = steps.map((step) => {
      const checkpoint = { step, isLatest: false, isBest: false, isDamaged: false, isPinned: false };
      return new CheckpointNode(run.folder, checkpoint, Uri.file(fileOf(step)));
    });
    await deleteCheckpoint(host(), nodes);
    const lines = editor.details.at(-1)?.split('\n') ?? [];
    expect(lines.slice(-steps.length)).toEqual(steps.map(fileOf));
    expect(lines.slice(0, -steps.length)).toEqual(loss === undefined ? [] : [expect.stringContaining(loss)]);
  });

  it('takes along the pins of those that are gone where the next cannot be deleted', async () => {
    const run = await stoppedRun();
    await run.close();
    const nodes = [];
    for (const step of [5, 6]) {
      const file = join(run.folder, 'checkpoints', `step-0000000${step}.safetensors`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, 'weights');
      await pinCheckpoint(run.folder, step);
      const checkpoint = { step, isLatest: false, isBest: false, isDamaged: false, isPinned: true };
      nodes.push(new CheckpointNode(run.folder, checkpoint, Uri.file(file)));
      editor.held = file;
    }
    editor.hasTrash = false;
    editor.answers = ['Move to Trash', 'Delete Permanently'];
    await expect(deleteCheckpoint(host(), nodes)).rejects.toThrow('it is held');
    expect([...(await pinnedSteps(run.folder))]).toEqual([6]);
  });
});
