/** Training in a worker thread of a real extension host: started, observed, steered and ended by commands. */
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setup, suite, suiteSetup, teardown, test } from 'mocha';
import { ConfigurationTarget, commands, extensions, Uri, workspace } from 'vscode';
import { COMMANDS } from '../../../src/host/registry';
import { checkpointSteps } from '../../../src/run-folder/checkpoints';
import { readLock } from '../../../src/run-folder/lock-file';
import { readRunRecord } from '../../../src/run-folder/run-record';
import { EXTENSION_ID, SETTINGS } from '../../../src/shared/contributions';
import { RUN_FILES, RUNS_FOLDER, type RunRecord } from '../../../src/shared/run-format';

const POLL_MS = 50;
const LONG = 1_000_000;
/** Number of polls, `POLL_MS` apart, within which an answered question should have started a run. */
const LOOKS_FOR_NEW_RUN = 100;

/** A wait without result is ended by Mocha's own timeout. */
async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    await delay(POLL_MS);
  }
}

suite('training in the editor', () => {
  let folder = '';
  let experiment = Uri.file('/');

  suiteSetup(() => {
    const path = workspace.workspaceFolders?.[0]?.uri.fsPath;
    ok(path);
    folder = path;
    experiment = Uri.file(join(folder, 'ring.gan.json'));
  });

  setup(() => writeExperiment(LONG));

  teardown(async () => {
    for (const name of await runNames()) await end(join(folder, RUNS_FOLDER, name));
    await rm(join(folder, RUNS_FOLDER), { recursive: true, force: true });
    await rm(experiment.fsPath, { force: true });
  });

  async function writeExperiment(steps: number): Promise<void> {
    const text = {
      data: { source: 'points2d', distribution: 'ring' },
      model: 'toy2d',
      length: { steps },
      logging: { logEvery: 10, sampleEvery: 1000, checkpointEvery: 1000 },
    };
    await writeFile(experiment.fsPath, JSON.stringify(text));
  }

  async function runNames(): Promise<string[]> {
    const entries = await readdir(join(folder, RUNS_FOLDER)).catch(() => []);
    return entries.filter((name) => /^\d/.test(name)).sort();
  }

  /** Returns the newest run once there are `count` runs and its record exists. */
  async function newestRun(count = 1): Promise<string> {
    return await until(async () => {
      const names = await runNames();
      const name = names.at(-1);
      if (name === undefined || names.length < count) return undefined;
      const run = join(folder, RUNS_FOLDER, name);
      return (await readdir(run)).includes(RUN_FILES.run) ? run : undefined;
    });
  }

  function untilRecord(run: string, isReached: (record: RunRecord) => boolean): Promise<RunRecord> {
    return until(async () => {
      const record = await readRunRecord(run);
      equal(record.failure, undefined);
      return isReached(record) ? record : undefined;
    });
  }

  /** Waits for records after the first `bytes`; resolves to the length of the file then. */
  function untilProgress(run: string, bytes = 0): Promise<number> {
    return until(async () => {
      const text = await readFile(join(run, RUN_FILES.metrics), 'utf8').catch(() => '');
      return text.slice(bytes).includes('"type":"step"') ? text.length : undefined;
    });
  }

  async function end(run: string): Promise<void> {
    const { status } = await readRunRecord(run);
    if (['completed', 'stopped', 'failed'].includes(status)) return;
    await commands.executeCommand(COMMANDS.stopTraining, run);
    await untilFree(run);
  }

  /** The lock of a run is released once its worker has closed everything. */
  async function untilFree(run: string): Promise<void> {
    await until(async () => ((await readdir(run)).includes(RUN_FILES.lock) ? undefined : true));
  }

  async function withSetting(name: string, value: unknown, act: () => Promise<void>): Promise<void> {
    const configuration = workspace.getConfiguration();
    await configuration.update(name, value, ConfigurationTarget.Global);
    try {
      await act();
    } finally {
      await configuration.update(name, undefined, ConfigurationTarget.Global);
    }
  }

  test('the only experiment of the workspace is trained to its end', async () => {
    await writeExperiment(60);
    await commands.executeCommand(COMMANDS.startTraining);
    const run = await newestRun();
    const record = await untilRecord(run, ({ status }) => status === 'completed');
    equal(record.step, 60);
    equal(record.experimentFile, experiment.fsPath);
    equal(record.engine.name, 'onnx');
    deepEqual((await checkpointSteps(run)).at(-1), 60);
    await untilFree(run);
  });

  test('paused, continued, a checkpoint at once, stopped, and resumed from there', async () => {
    await commands.executeCommand(COMMANDS.startTraining, experiment);
    const run = await newestRun();
    await untilProgress(run);
    await commands.executeCommand(COMMANDS.pauseTraining, run);
    const paused = await untilRecord(run, ({ status }) => status === 'paused');
    await commands.executeCommand(COMMANDS.saveCheckpoint, run);
    await until(async () => (await checkpointSteps(run)).includes(paused.step) || undefined);
    await commands.executeCommand(COMMANDS.resumeTraining, run);
    await untilRecord(run, ({ status }) => status === 'running');
    await commands.executeCommand(COMMANDS.stopTraining, run);
    const stopped = await untilRecord(run, ({ status }) => status === 'stopped');
    equal((await checkpointSteps(run)).at(-1), stopped.step);
    await untilFree(run);

    await commands.executeCommand(COMMANDS.resumeTraining, run);
    await untilRecord(run, ({ status }) => status === 'running');
    const bytes = (await readFile(join(run, RUN_FILES.metrics))).length;
    await untilProgress(run, bytes);
    await commands.executeCommand(COMMANDS.stopTraining, run);
    const again = await untilRecord(run, ({ status }) => status === 'stopped');
    ok(again.step > stopped.step);
    await untilFree(run);
  });

  test('an experiment that is wrong makes no run, and does not hold up the queue', async () => {
    const wrong = Uri.file(join(folder, 'wrong.gan.json'));
    await writeFile(wrong.fsPath, '{"data": {"source": "points2d"}, "model": "toy3d"}');
    await writeExperiment(20);
    await commands.executeCommand(COMMANDS.startTraining, wrong);
    await commands.executeCommand(COMMANDS.startTraining, experiment);
    const run = await newestRun();
    await untilRecord(run, ({ status }) => status === 'completed');
    await untilFree(run);
    deepEqual(await runNames(), ['00001-ring']);
    await rm(wrong.fsPath);
  });

  test('a run that went to its end goes on from an older checkpoint as a new run', async () => {
    await writeExperiment(60);
    await commands.executeCommand(COMMANDS.startTraining, experiment);
    const parent = await newestRun();
    await untilRecord(parent, ({ status }) => status === 'completed');
    await untilFree(parent);
    // Its only checkpoint is the one at its end: accepting the list picks the first row, and accepting the question its
    // default. A list accepted before its first row appears closes without an answer, and is opened again.
    let looksSinceClosed = LOOKS_FOR_NEW_RUN;
    await until(async () => {
      if (looksSinceClosed++ >= LOOKS_FOR_NEW_RUN) {
        looksSinceClosed = Number.NEGATIVE_INFINITY;
        const closed = (): void => {
          looksSinceClosed = 0;
        };
        void commands.executeCommand(COMMANDS.resumeFromCheckpoint, parent).then(closed, closed);
      }
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await runNames()).length === 2 || undefined;
    });
    const child = await newestRun(2);
    const record = await untilRecord(child, ({ status }) => status === 'completed');
    deepEqual(record.parent, {
      run: '00001-ring',
      step: 60,
      changes: [{ key: 'length.steps', before: 60, after: 120 }],
    });
    equal(record.step, 120);
    await untilFree(child);
  });

  test('the settings say how many threads a new run has', async () => {
    await withSetting(SETTINGS.threads, 1, async () => {
      await writeExperiment(20);
      await commands.executeCommand(COMMANDS.startTraining, experiment);
      const run = await newestRun();
      const record = await untilRecord(run, ({ status }) => status === 'completed');
      equal(record.engine.threads, 1);
      ok(/"engine": \{[^}]*"threads": 1\b/.test(await readFile(join(run, RUN_FILES.config), 'utf8')));
      await untilFree(run);
    });
  });

  test('in a process that is killed, a run has failed and can be resumed, and the host lives', async () => {
    await withSetting(SETTINGS.isolation, 'process', async () => {
      await commands.executeCommand(COMMANDS.startTraining, experiment);
      const run = await newestRun();
      await untilProgress(run);
      const lock = await readLock(join(run, RUN_FILES.lock));
      ok(typeof lock !== 'string');
      notEqual(lock.owner.pid, process.pid);
      process.kill(lock.owner.pid, 'SIGKILL');
      const failed = await until(async () => {
        const record = await readRunRecord(run);
        return record.status === 'failed' ? record : undefined;
      });
      ok(failed.failure?.message.includes('SIGKILL'), failed.failure?.message);
      await untilFree(run);
      await commands.executeCommand(COMMANDS.resumeTraining, run);
      await until(async () => (await readRunRecord(run)).status === 'running' || undefined);
      await commands.executeCommand(COMMANDS.stopTraining, run);
      await until(async () => (await readRunRecord(run)).status === 'stopped' || undefined);
      await untilFree(run);
    });
  });

  test('a run that another process trains is stopped through its folder', async () => {
    const extension = extensions.getExtension(EXTENSION_ID);
    ok(extension);
    const child = spawn(
      process.execPath,
      [join(extension.extensionPath, 'dist', 'gan.cjs'), 'train', experiment.fsPath],
      { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: 'ignore' },
    );
    const exited = once(child, 'exit');
    const run = await newestRun();
    await untilProgress(run);
    await commands.executeCommand(COMMANDS.stopTraining, run);
    await untilRecord(run, ({ status }) => status === 'stopped');
    deepEqual(await exited, [0, null]);
  });

  test('stopped in mid-training ten times, and the host lives', async () => {
    for (let round = 1; round <= 10; round++) {
      await commands.executeCommand(COMMANDS.startTraining, experiment);
      const run = await newestRun(round);
      await untilProgress(run);
      await commands.executeCommand(COMMANDS.stopTraining, run);
      await untilRecord(run, ({ status }) => status === 'stopped');
      await untilFree(run);
    }
    equal((await runNames()).length, 10);
  });

  test('experiments are JSON with comments, and runs are left out of searches', async () => {
    const document = await workspace.openTextDocument(experiment);
    equal(document.languageId, 'jsonc');
    const excluded = workspace.getConfiguration('search', experiment).get<object>('exclude') ?? {};
    ok(Object.hasOwn(excluded, `**/${RUNS_FOLDER}`));
  });
});
