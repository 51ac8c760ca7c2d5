/** What the editor's language models and its tasks can do, in a real extension host. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { extensions, LanguageModelTextPart, lm, type Task, tasks, workspace } from 'vscode';
import { AGENT_TOOL_NAMES, TOOL_PREFIX } from '../../../src/shared/agent-tools';
import { EXTENSION_ID } from '../../../src/shared/contributions';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';

suite('assistants and tasks', () => {
  let folder = '';

  suiteSetup(async () => {
    const path = workspace.workspaceFolders?.[0]?.uri.fsPath;
    ok(path);
    folder = path;
    const evaluation = { every: 5, samples: 20, metrics: ['slicedWasserstein'] };
    const experiment = { data: { source: 'points2d' }, length: { steps: 5 }, evaluation };
    await writeFile(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
    const sweep = {
      experiment: 'toy.gan.json',
      parameters: { 'optimiser.beta1': [0.5] },
      objective: 'slicedWasserstein',
      seeds: 1,
    };
    await writeFile(join(folder, 'toy.gan-sweep.json'), JSON.stringify(sweep));
    await extensions.getExtension(EXTENSION_ID)?.activate();
  });

  suiteTeardown(async () => {
    for (const name of ['toy.gan.json', 'toy.gan-sweep.json', RUNS_FOLDER])
      await rm(join(folder, name), { recursive: true, force: true });
  });

  async function ask(name: string, input: object): Promise<string> {
    const { content } = await lm.invokeTool(TOOL_PREFIX + name, { input, toolInvocationToken: undefined });
    const [first] = content;
    ok(first instanceof LanguageModelTextPart);
    return first.value;
  }

  test('offers every tool to language models', () => {
    const offered = lm.tools.map(({ name }) => name).filter((name) => name.startsWith(TOOL_PREFIX));
    deepEqual(offered.sort(), AGENT_TOOL_NAMES.map((name) => TOOL_PREFIX + name).sort());
  });

  test('answers a language model, and says what to do about wrong input', async () => {
    const listed = JSON.parse(await ask('list_experiments', {}));
    deepEqual(listed.experiments.items, ['toy.gan.json']);
    deepEqual(listed.sweeps, ['toy.gan-sweep.json']);
    equal(await ask('read_run', { run: '7' }), 'There is no run "7". list_runs returns the runs that exist.');
  });

  test('stops and resumes a run, and says so at once', async () => {
    const long = { data: { source: 'points2d' }, length: { steps: 1_000_000 } };
    await writeFile(join(folder, 'long.gan.json'), JSON.stringify(long));
    const { run } = JSON.parse(await ask('start_training', { experiment: 'long' }));
    const stop = async (): Promise<void> => {
      await ask('stop_training', { run });
      equal(JSON.parse(await ask('wait_for_run', { run })).status, 'stopped');
    };
    await stop();
    deepEqual(JSON.parse(await ask('resume_training', { run })), { run });
    equal(JSON.parse(await ask('wait_for_run', { run, step: 1 })).ended, false);
    await stop();
    for (const name of ['long.gan.json', RUNS_FOLDER])
      await rm(join(folder, name), { recursive: true, force: true });
  });

  test('trains and sweeps as tasks', async () => {
    const offered = await tasks.fetchTasks({ type: 'gan' });
    deepEqual(offered.map(({ name }) => name).sort(), ['sweep toy.gan-sweep.json', 'train toy.gan.json']);
    for (const task of offered) equal(await statusOf(task), 0, task.name);
    const state = join(folder, RUNS_FOLDER, 'sweeps', '00001-toy', 'trials', '0001', 'state.json');
    equal(JSON.parse(await readFile(state, 'utf8')).status, 'completed');
    const run = join(folder, RUNS_FOLDER, '00001-toy', RUN_FILES.run);
    equal(JSON.parse(await readFile(run, 'utf8')).status, 'completed');
  });

  /** Exit status of a task. */
  function statusOf(task: Task): Promise<number | undefined> {
    return new Promise((resolve) => {
      const listener = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listener.dispose();
        resolve(exitCode);
      });
      void tasks.executeTask(task);
    });
  }
});
