import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TreeDataProvider } from 'vscode';
import { eventually } from '../../../test/support/eventually';
import { ScriptedWorker } from '../../../test/support/scripted-worker';
import { StandInSlurm } from '../../../test/support/stand-in-slurm';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToldSweep } from '../../../test/support/told-sweep';
import { createToyRun } from '../../../test/support/toy-run';
import { gridPng } from '../../pictures/grid';
import { RunLock } from '../../run-folder/run-lock';
import { readRunRecord, writeRunRecord } from '../../run-folder/run-record';
import type { RunUpdate } from '../../run-folder/run-writer';
import { listSweeps } from '../../runs/sweep-list';
import { float32 } from '../../shared/host-tensor';
import { type FindingRecord, RUN_FILES, type RunRecord, stepFileName } from '../../shared/run-format';
import { SweepReader } from '../../sweep/sweep-reader';
import { TrainingManager } from '../training/training-manager';
import type { TreeNode } from './nodes';

const NEVER_CANCELLED = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};

/** The parts of the editor that the tree uses: a workspace with one experiment, and the registered tree. */
const editor = vi.hoisted(() => {
  const provider: { tree?: TreeDataProvider<TreeNode> } = {};
  return { experimentFile: '', search: Promise.resolve(), isVisible: false, provider };
});

vi.mock('vscode', () => {
  const nothing = () => ({ dispose: () => undefined });
  class EventEmitter {
    readonly #listeners = new Set<(value: unknown) => void>();
    readonly event = (listener: (value: unknown) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    };
    fire(value: unknown): void {
      for (const listener of this.#listeners) listener(value);
    }
    dispose(): void {}
  }
  const uri = (path: string) => ({ fsPath: path, path });
  return {
    EventEmitter,
    Uri: { file: uri },
    ThemeIcon: class {},
    ThemeColor: class {},
    TreeItem: class {
      constructor(readonly label: string) {}
    },
    TreeItemCollapsibleState: {},
    MarkdownString: class {
      value = '';
      appendMarkdown(text: string): void {
        this.value += text;
      }
      appendText(text: string): void {
        this.value += text;
      }
    },
    commands: { executeCommand: async () => undefined },
    env: { language: 'en' },
    l10n: {
      t: (text: string, ...values: readonly unknown[]) =>
        values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
    },
    window: {
      createOutputChannel: () => ({ warn: (problem: string) => expect.unreachable(problem) }),
      onDidChangeWindowState: nothing,
      createTreeView: (_: string, options: { treeDataProvider: TreeDataProvider<TreeNode> }) => {
        editor.provider.tree = options.treeDataProvider;
        return {
          visible: editor.isVisible,
          selection: [],
          onDidChangeVisibility: nothing,
          onDidChangeSelection: nothing,
          dispose: nothing,
        };
      },
    },
    workspace: {
      createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidDelete: nothing, dispose: nothing }),
      onDidChangeWorkspaceFolders: nothing,
      onDidChangeConfiguration: nothing,
      getConfiguration: () => ({ get: (_: string, usual: unknown) => usual }),
      asRelativePath: (path: string) => path,
      findFiles: async (pattern: string) => {
        await editor.search;
        return pattern.endsWith('.gan.json') ? [uri(editor.experimentFile)] : [];
      },
    },
  };
});

const { window } = await import('vscode');
const { RunsModel } = await import('./runs-model');
const { Thumbnails } = await import('../../runs/thumbnails');
const { FilterState } = await import('./filter-state');
const { Selection } = await import('./selection');
const { createExperimentsView } = await import('./experiments-view');
const { sweepRows } = await import('./sweep-children');

/** Opens the tree of a window, with scripted workers. */
function opened() {
  const log = Object.assign(window.createOutputChannel('GAN', { log: true }), { info: () => undefined });
  const worker = new ScriptedWorker();
  const training = new TrainingManager({
    openWorker: () => worker,
    maxParallel: () => 1,
    recordDeath: async () => undefined,
    log,
  });
  const runs = new RunsModel(log);
  const host = {
    training,
    runs,
    filter: new FilterState(),
    selection: new Selection(),
    thumbnails: new Thumbnails(),
    experimentService: () => ({ openSweep: (folder: string) => SweepReader.open(folder) }),
  };
  for (const part of createExperimentsView(host)) onTestFinished(() => part.dispose());
  const { tree } = editor.provider;
  if (tree === undefined) throw new Error('No tree was made.');
  const fired: unknown[] = [];
  tree.onDidChangeTreeData?.((nodes) => fired.push(nodes));
  return { ...host, tree, fired, worker };
}

async function rowsOf(tree: TreeDataProvider<TreeNode>, node?: TreeNode) {
  const nodes = (await tree.getChildren(node)) ?? [];
  const items = await Promise.all(nodes.map((one) => tree.getTreeItem(one)));
  const rows = items.map(({ label, description }) => `${label} · ${description}`);
  return { nodes, items, rows };
}

async function stoppedRun(
  update: RunUpdate = {},
  generatorInput?: RunRecord['generatorInput'],
  findings: readonly FindingRecord[] = [],
) {
  const run = await createToyRun({
    runsFolder: join(dirname(editor.experimentFile), 'gan-runs'),
    experimentFile: editor.experimentFile,
    totalSteps: 50,
    ...(generatorInput === undefined ? {} : { generatorInput }),
  });
  for (const finding of findings) await run.append(finding);
  await run.update({ status: 'stopped', step: 10, ...update });
  await run.close();
  return run.folder;
}

beforeEach(async () => {
  editor.experimentFile = join(await temporaryFolder(), 'toy.gan.json');
  editor.search = Promise.resolve();
  editor.isVisible = false;
});

it('waits for the first search before it says what there is', async () => {
  let found = (): void => undefined;
  editor.search = new Promise((resolve) => {
    found = resolve;
  });
  const { tree } = opened();
  const rows = Promise.resolve(tree.getChildren());
  found();
  expect(await rows).toMatchObject([{ name: 'toy' }]);
});

it('draws the row of the run alone that is trained, as long as its state is the same', async () => {
  const folders = [await stoppedRun(), await stoppedRun()];
  const { tree, training, fired, worker } = opened();
  const [experiment] = (await tree.getChildren()) ?? [];
  const rows = (await tree.getChildren(experiment)) ?? [];
  expect(rows).toHaveLength(2);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const drawn = async (): Promise<unknown[]> => {
    await vi.advanceTimersByTimeAsync(1000);
    return fired.splice(0);
  };
  fired.length = 0;
  const [runFolder = ''] = folders;
  training.add({ type: 'resume', runFolder });
  const progress = { step: 33, totalSteps: 50, imagesPerSecond: 1, etaSeconds: 1 };
  worker.say({ type: 'status', status: 'running' });
  expect(await drawn()).toEqual([undefined]);
  worker.say({ type: 'progress', progress });
  const row = rows.find((node) => node.kind === 'run' && node.runFolder === runFolder);
  if (row === undefined) throw new Error('The run has no row.');
  expect(await drawn()).toEqual([[row]]);
  expect(await tree.getTreeItem(row)).toMatchObject({ description: expect.stringContaining('33/50') });
  worker.say({ type: 'status', status: 'paused' });
  expect(await drawn()).toEqual([undefined]);
});

it('shows the newest samples when somebody points at a run', async () => {
  const folder = await stoppedRun();
  const { tree } = opened();
  const [experiment] = (await tree.getChildren()) ?? [];
  const [row] = (await tree.getChildren(experiment)) ?? [];
  if (row === undefined) throw new Error('The run has no row.');
  const pointedAt = async () => {
    const item = await tree.getTreeItem(row);
    // VS Code does not resolve an item that already has a tooltip.
    expect(item.tooltip).toBeUndefined();
    return await tree.resolveTreeItem?.(item, row, NEVER_CANCELLED);
  };
  expect(await pointedAt()).toMatchObject({ tooltip: expect.stringContaining(basename(folder)) });
  const sample = join(folder, RUN_FILES.samples, stepFileName(10, 'png'));
  await writeFile(sample, await gridPng(float32([4, 8, 8, 1])));
  expect(await pointedAt()).toMatchObject({
    tooltip: {
      value: expect.stringMatching(
        new RegExp(`^!\\[.*10.*\\]\\(data:image/png;base64,.*${basename(folder)}`, 's'),
      ),
    },
  });
});

it.each([
  ['', true],
  [' of an older version, by the file’s name', false],
])('shows the runs of a moved project under their experiment%s', async (_what, knowsPlace) => {
  const run = await stoppedRun();
  if (!knowsPlace) {
    const { experimentPlace: _, ...older } = await readRunRecord(run);
    await writeRunRecord(run, older);
  }
  const project = dirname(editor.experimentFile);
  const moved = join(await temporaryFolder(), 'moved');
  await rename(project, moved);
  editor.experimentFile = join(moved, 'toy.gan.json');
  const { tree } = opened();
  expect(await tree.getChildren()).toMatchObject([
    { name: 'toy', isMissing: false, runs: [{ run: { folder: join(moved, 'gan-runs', '00001-toy') } }] },
  ]);
});

it('lists what an earlier window did not get to, to be started or cancelled', async () => {
  const { tree, training } = opened();
  training.hold({ type: 'start', experimentFile: editor.experimentFile });
  const [experiment] = (await tree.getChildren()) ?? [];
  const [row] = (await tree.getChildren(experiment)) ?? [];
  if (row === undefined) throw new Error('The run has no row.');
  expect(await tree.getTreeItem(row)).toMatchObject({
    description: 'on hold',
    contextValue: 'waiting',
    tooltip: expect.stringContaining('Start Now'),
  });
});

it('says that a run stopped with its window, and not of one that a person has stopped', async () => {
  const { tree, runs } = opened();
  await stoppedRun({ stoppedBy: 'shutdown' });
  await stoppedRun({ stoppedBy: 'user' });
  await runs.rediscover();
  const [experiment] = (await tree.getChildren()) ?? [];
  const rows = (await tree.getChildren(experiment)) ?? [];
  const items = await Promise.all(rows.map((row) => tree.getTreeItem(row)));
  const [byUser, byShutdown] = items.map(({ description }) => description);
  // Narrow views truncate the end.
  expect(byShutdown).toMatch(/^window closed · 10\/50 · /);
  expect(byUser).not.toContain('window');
  const [, row] = rows;
  const pointedAt = row && (await tree.resolveTreeItem?.(items[1] ?? {}, row, NEVER_CANCELLED));
  expect(pointedAt?.tooltip).toContain('stopped, window reloaded or closed');
});

it('captions the best score of a run, without the hashes of its protocol', async () => {
  const run = await createToyRun({
    runsFolder: join(dirname(editor.experimentFile), 'gan-runs'),
    experimentFile: editor.experimentFile,
    config: { data: { source: 'digits' } },
  });
  await run.append({
    schemaVersion: 1,
    type: 'score',
    step: 10,
    name: 'fid',
    value: 28.61,
    protocol: '1000 samples against 1000 held-out examples of data 9739e88d by classifier 312310d0',
  });
  await run.close();
  const { tree, runs } = opened();
  // Scores are read only while a view shows the runs.
  runs.watch();
  onTestFinished(() => runs.dispose());
  await runs.rediscover();
  const [experiment] = (await tree.getChildren()) ?? [];
  const [row] = (await tree.getChildren(experiment)) ?? [];
  if (row === undefined) throw new Error('The run has no row.');
  const pointedAt = async () => await tree.resolveTreeItem?.({}, row, NEVER_CANCELLED);
  await expect
    .poll(async () => (await pointedAt())?.tooltip)
    .toContain('\nFID 28.6, best at step 10 (digit classifier, 1,000 samples)\n');
});

it('offers to explore latents, or to translate images, where the generator starts from them and has learnt', async () => {
  const { tree, runs } = opened();
  await stoppedRun();
  await stoppedRun({}, 'images');
  await stoppedRun({ step: 0 }, 'latents');
  await runs.rediscover();
  const [experiment] = (await tree.getChildren()) ?? [];
  const rows = (await tree.getChildren(experiment)) ?? [];
  const items = await Promise.all(rows.map((row) => tree.getTreeItem(row)));
  expect(items.map(({ contextValue }) => contextValue)).toEqual([
    'run.resumable',
    'run.resumable images',
    'run.resumable latents',
  ]);
});

it('offers to apply findings of the runs alone that have changes to apply', async () => {
  const found: FindingRecord = {
    schemaVersion: 1,
    type: 'finding',
    step: 10,
    rule: 'mode-collapse',
    severity: 'warning',
    message: 'Few modes.',
    evidence: {},
  };
  const { tree, runs } = opened();
  await stoppedRun({}, undefined, [found]);
  await stoppedRun({}, 'latents', [{ ...found, changes: [{ title: 'Twice', set: { criticSteps: 2 } }] }]);
  // Findings are read only while a view shows the runs.
  runs.watch();
  onTestFinished(() => runs.dispose());
  await runs.rediscover();
  const [experiment] = (await tree.getChildren()) ?? [];
  const rows = (await tree.getChildren(experiment)) ?? [];
  const contexts = async () => {
    const items = await Promise.all(rows.map((row) => tree.getTreeItem(row)));
    return items.map(({ contextValue }) => contextValue);
  };
  await expect.poll(contexts).toEqual(['run.resumable findings latents', 'run.resumable latents']);
});

describe('a sweep', () => {
  const run = (value: number, id = '00001-toy') => ({
    runs: [{ seed: 0, run: id, steps: 10, seconds: 1, value }],
    scores: [{ step: 10, value }],
  });

  async function runOfTrial(trial: number): Promise<void> {
    const made = await createToyRun({
      runsFolder: join(dirname(editor.experimentFile), 'gan-runs'),
      experimentFile: editor.experimentFile,
      sweep: { sweep: '00001-toy', trial },
    });
    await made.close();
  }

  it('has its trials below it, what is going on first, and their runs below these', async () => {
    await runOfTrial(1);
    await stoppedRun();
    await createToldSweep(editor.experimentFile, [
      { status: 'completed', value: 12.345, ...run(12.345) },
      { status: 'pruned', value: 30, reason: 'Worse than others.', ...run(30) },
      { status: 'running', slurm: { job: '7_1', node: 'node3' }, ...run(20) },
      { status: 'completed', value: 3, ...run(3) },
      undefined,
      undefined,
    ]);
    const { tree } = opened();
    const [experiment] = (await rowsOf(tree)).nodes;
    const top = await rowsOf(tree, experiment);
    expect(top.rows).toEqual([
      expect.stringMatching(/^00001-toy · Trials: 6/),
      expect.stringMatching(/^00002-toy · /),
    ]);
    const [sweep] = top.nodes;
    if (sweep === undefined) throw new Error('The sweep has no row.');
    const trials = await rowsOf(tree, sweep);
    expect(trials.rows).toEqual([
      'Trial 3 · interrupted · FID 20 at step 10 · beta1 0.3',
      'Trial 4 · FID 3 · beta1 0.4',
      'Trial 1 · FID 12.3 · beta1 0.1',
      'Trial 2 · pruned · FID 30 · beta1 0.2',
      'Trials: 2 · waiting',
    ]);
    expect(trials.items[3]?.tooltip).toContain('Worse than others.');
    expect(await tree.getTreeItem(sweep)).toMatchObject({
      description: expect.stringMatching(/^not running · 3 of 6 trials · best FID 3 · /),
      contextValue: 'sweep.resumable',
    });
    const [, , first] = trials.nodes;
    expect((await rowsOf(tree, first)).rows).toEqual([expect.stringMatching(/^00001-toy · /)]);
  });

  it('shows the tasks that Slurm holds back, and where a trial is trained', async () => {
    const made = await createToldSweep(editor.experimentFile, [
      { status: 'running', slurm: { job: '7_1', node: 'node3' }, ...run(20) },
      undefined,
    ]);
    // Held by this process, so that the trial is being trained.
    const lock = await RunLock.acquire(made.trialFolder(1));
    onTestFinished(() => lock.release());
    const { tree } = opened();
    const [experiment] = (await rowsOf(tree)).nodes;
    const [sweep] = (await rowsOf(tree, experiment)).nodes;
    expect((await rowsOf(tree, sweep)).rows).toEqual([
      'Trial 1 · Slurm 7_1 on node3 · FID 20 at step 10 · beta1 0.1',
      'Trials: 1 · waiting',
    ]);
    const view = await (await SweepReader.open(made.path)).read();
    const [listed] = await listSweeps([dirname(dirname(made.path))]);
    if (listed === undefined) throw new Error('The sweep is not listed.');
    const tasks = [{ job: 7, state: 'PENDING', reason: 'Priority', count: 3 }];
    const [queue] = sweepRows({ listed, view, queue: { tasks } });
    expect(queue && (await tree.getTreeItem(queue))).toMatchObject({
      label: 'Slurm job 7',
      description: 'pending: 3 (Priority)',
    });
  });

  it('waits with a sweep that Slurm has not begun, and says why', async () => {
    const slurm = new StandInSlurm(await temporaryFolder());
    vi.stubEnv('PATH', slurm.path);
    onTestFinished(() => void vi.unstubAllEnvs());
    const made = await createToldSweep(editor.experimentFile, [undefined, undefined]);
    await mkdir(made.slurmFolder);
    await made.addJob(42);
    slurm.setQueue(42, ['PENDING|(Priority)', 'PENDING|(Priority)']);
    editor.isVisible = true;
    const { tree } = opened();
    const [experiment] = (await rowsOf(tree)).nodes;
    const [sweep] = (await rowsOf(tree, experiment)).nodes;
    if (sweep === undefined) throw new Error('The sweep has no row.');
    const rows = ['Slurm job 42 · pending: 2 (Priority)', 'Trials: 2 · waiting'];
    await eventually(async () => expect((await rowsOf(tree, sweep)).rows).toEqual(rows));
    expect(await tree.getTreeItem(sweep)).toMatchObject({
      description: expect.stringMatching(/^2 in the queue \(Priority\) · 0 of 2 trials · /),
      contextValue: 'sweep.running',
    });
  });

  it('has groups of ended trials where there are many', async () => {
    const ended = Array.from({ length: 60 }, (_, trial) => ({
      status: trial % 3 === 0 ? ('completed' as const) : ('pruned' as const),
      value: 100 - trial,
      ...run(100 - trial),
    }));
    await createToldSweep(editor.experimentFile, [...ended, undefined]);
    const { tree } = opened();
    const [experiment] = (await rowsOf(tree)).nodes;
    const [sweep] = (await rowsOf(tree, experiment)).nodes;
    const groups = await rowsOf(tree, sweep);
    expect(groups.rows).toEqual(['Trials: 20 · completed', 'Trials: 40 · pruned', 'Trials: 1 · waiting']);
    const best = await rowsOf(tree, groups.nodes[0]);
    expect(best.rows).toHaveLength(20);
    expect(best.rows[0]).toMatch(/^Trial 58 · FID 43/);
  });

  it('leaves its runs where a filter looks for them, or if it was deleted', async () => {
    await runOfTrial(1);
    const made = await createToldSweep(editor.experimentFile, [{ status: 'stopped', ...run(3) }]);
    const { tree, filter } = opened();
    const rows = async () =>
      (await rowsOf(tree, (await rowsOf(tree)).nodes[0])).nodes.map(({ kind }) => kind);
    expect(await rows()).toEqual(['sweep']);
    filter.set('00001');
    expect(await rows()).toEqual(['run']);
    filter.set('');
    await rm(made.path, { recursive: true });
    const another = opened();
    const [experiment] = (await rowsOf(another.tree)).nodes;
    expect((await rowsOf(another.tree, experiment)).nodes.map(({ kind }) => kind)).toEqual(['run']);
  });
});
