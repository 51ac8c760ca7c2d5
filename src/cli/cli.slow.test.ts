import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decode, encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, GAN, type OnLine, objects, requireGan, runGan } from '../../test/support/gan-command';
import { failureAmong } from '../shared/cli-protocol';
import { EXPORT_FORMATS } from '../shared/export-formats';

let folder = '';
let experiment = '';

beforeAll(() => {
  requireGan();
  folder = mkdtempSync(join(tmpdir(), 'gan-cli-'));
  experiment = join(folder, 'toy.gan.json');
  writeFileSync(experiment, '{"data": {"source": "points2d"}, "logging": {"sampleCount": 8}}');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** @param onLine called with each line of standard output, and a function that signals the process */
const gan = (args: readonly string[], onLine?: OnLine, environment?: NodeJS.ProcessEnv): Promise<Ended> =>
  runGan(args, { folder, ...(onLine && { onLine }), ...(environment && { environment }) });

describe('gan train', () => {
  it('with --json prints objects alone and names the run folder', async () => {
    const { status, stdout } = await gan(['train', experiment, '--steps', '12', '--json', '--seed', '3']);
    expect(status).toBe(0);
    const last = objects(stdout).at(-1);
    expect(last).toMatchObject({ type: 'end', status: 'completed', step: 12 });
    const run = String(last?.folder);
    expect(run).toBe(join(folder, 'gan-runs', '00001-toy'));
    expect(readdirSync(join(run, 'checkpoints'))).toContain('step-00000012.safetensors');
    expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'))).toMatchObject({ seed: 3 });
  });

  it('ends with the run folder for people too, with a picture of the curves', async () => {
    const { status, stdout } = await gan([
      'train',
      experiment,
      '--steps',
      '5',
      '--out',
      join(folder, 'elsewhere'),
    ]);
    expect(status).toBe(0);
    const run = join(folder, 'elsewhere', '00001-toy');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Run folder: ${run}`);
    expect(decode(readFileSync(join(run, 'losses.png'))).width).toBe(1720);
  });

  it('fails where a module of the experiment never finishes loading', async () => {
    const file = join(folder, 'own.gan.json');
    writeFileSync(join(folder, 'own.mjs'), 'await new Promise(() => {});\nexport function generator() {}');
    const generator = { network: 'module', module: './own.mjs', export: 'generator' };
    writeFileSync(file, JSON.stringify({ data: { source: 'points2d' }, generator }));
    const { status, stderr } = await gan(['train', file, '--steps', '2']);
    expect(status).toBe(1);
    expect(stderr).toContain('own.mjs cannot be loaded: its top-level await never finishes');
  });

  it.each([
    ['loading', 'process.exit(0);'],
    ['a call', 'export function generator() { process.exit(0); }'],
  ])('fails where a module of the experiment ends the process in %s', async (_, module) => {
    const file = join(folder, 'exits.gan.json');
    writeFileSync(join(folder, 'exits.mjs'), module);
    const generator = { network: 'module', module: './exits.mjs', export: 'generator' };
    writeFileSync(file, JSON.stringify({ data: { source: 'points2d' }, generator }));
    const { status, stdout, stderr } = await gan(['train', file, '--steps', '2', '--json']);
    expect(status).toBe(1);
    expect(stderr).toContain('The process exited before the command was done');
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('"failure"');
    expect(failureAmong(stdout)).toMatchObject({
      message: { text: expect.stringContaining('The process exited before the command was done') },
      remedy: { text: 'Remove that call, then try again.' },
    });
  });

  it.each([
    ['is done', [], 0, '"completed"'],
    ['fails', ['--set', 'generator.export=missing'], 1, '"failure"'],
  ])('ends when it %s, although a timer of a module is running', async (_, options, code, told) => {
    const file = join(folder, 'timer.gan.json');
    const lines = [
      'setInterval(() => {}, 1000);',
      'export const generator = (scope, latents, { layers }) =>',
      "  layers.dense(scope, 'points', latents, { units: 2 });",
    ];
    writeFileSync(join(folder, 'timer.mjs'), lines.join('\n'));
    const generator = { module: './timer.mjs', export: 'generator' };
    writeFileSync(
      file,
      JSON.stringify({ data: { source: 'points2d' }, generator, logging: { sampleCount: 8 } }),
    );
    const { status, stdout } = await gan(['train', file, '--steps', '1', ...options, '--json']);
    expect(status).toBe(code);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(told);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at one %s while a module never finishes loading',
    async (signal) => {
      const file = join(folder, 'waits.gan.json');
      const lines = [
        'setInterval(() => {}, 1000);',
        "console.log('loading');",
        'await new Promise(() => {});',
      ];
      writeFileSync(join(folder, 'waits.mjs'), [...lines, 'export function generator() {}'].join('\n'));
      const generator = { network: 'module', module: './waits.mjs', export: 'generator' };
      writeFileSync(file, JSON.stringify({ data: { source: 'points2d' }, generator }));
      const { status, stderr } = await gan(['train', file], (text, kill) => {
        if (text === 'loading') kill(signal);
      });
      expect(status).toBe(130);
      expect(stderr).toContain('Stopped before the first step. No run was created or changed.');
    },
  );

  it('lists the files that it skips, those without a label too', async () => {
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    const grey = encode({ width: 16, height: 16, data: new Uint8Array(3 * 256).fill(128), channels: 3 });
    for (const name of ['a', 'b', 'c', 'left-out']) writeFileSync(join(pictures, `${name}.png`), grey);
    writeFileSync(join(pictures, 'bad.png'), 'no picture');
    writeFileSync(join(folder, 'labels.csv'), 'a.png,x\nb.png,y\nc.png,x\nbad.png,x\n');
    const file = join(folder, 'pictures.gan.json');
    const data = {
      source: 'folder',
      folder: 'pictures',
      labels: 'labels.csv',
      batchSize: 2,
      imageSize: 16,
      split: 0.3,
    };
    const small = { network: 'dcgan', channels: [4] };
    const experiment = {
      data,
      generator: small,
      discriminator: small,
      evaluation: false,
      logging: { sampleCount: 4 },
    };
    writeFileSync(file, JSON.stringify(experiment));
    const environment = { ...process.env, GAN_WORKBENCH_CACHE: join(folder, 'cache') };
    const { status, stdout, stderr } = await gan(
      ['train', file, '--steps', '1', '--json'],
      undefined,
      environment,
    );
    expect([status, stderr]).toEqual([0, expect.stringContaining('were skipped: 2.\n')]);
    const files = [
      { name: 'bad.png', reason: expect.stringContaining('Cannot be decoded') },
      { name: 'left-out.png', reason: `No label in ${join(folder, 'labels.csv')}` },
    ];
    const lines = objects(stdout);
    expect(lines.filter(({ type }) => type === 'skipped')).toEqual([{ type: 'skipped', count: 2, files }]);
    const made = String(lines.at(-1)?.folder);
    expect(JSON.parse(readFileSync(join(made, 'run.json'), 'utf8')).data.skipped).toEqual({
      count: 2,
      files,
    });
    const log = readFileSync(join(made, 'log.txt'), 'utf8');
    for (const text of [stderr, log]) expect(text).toContain('\n  left-out.png: No label in ');
  });

  it('with --dry-run prints the resolved experiment and writes nothing', async () => {
    const out = join(folder, 'dry');
    const { status, stdout } = await gan([
      'train',
      experiment,
      '--dry-run',
      '--set',
      'latent.size=3',
      '--out',
      out,
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ model: 'toy2d', latent: { size: 3, prior: 'normal' } });
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a wrong experiment with status 2 and writes nothing', async () => {
    const out = join(folder, 'wrong');
    const { status, stderr } = await gan(['train', experiment, '--set', 'seed=-1', '--out', out]);
    expect(status).toBe(2);
    expect(stderr).toContain('seed=-1: Expected an integer of at least 0, found -1.');
    const read = await gan(['train', experiment, '--set', 'seed=-1', '--out', out, '--json']);
    expect(read).toMatchObject({ status: 2, stderr });
    expect(failureAmong(read.stdout)).toMatchObject({ message: { text: expect.stringContaining('{0}') } });
    expect(existsSync(out)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('says so at once when nothing can be created at home', async () => {
    const { GAN_WORKBENCH_CACHE, XDG_CACHE_HOME, ...environment } = process.env;
    const digits = join(folder, 'digits.gan.json');
    writeFileSync(digits, '{"data": {"source": "digits"}}');
    const { status, stderr } = await gan(['train', digits, '--steps', '1'], undefined, {
      ...environment,
      HOME: '/proc/self',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('/proc/self/.cache/gan-workbench');
    expect(stderr).toContain('set the environment variable GAN_WORKBENCH_CACHE to another folder');
    expect(stderr).not.toContain('Unexpected');
  });

  it.each([
    [['train']],
    [['train', 'none.gan.json']],
    [['train', 'toy.gan.json', '--steps', 'many']],
    [['trian', 'toy.gan.json']],
    [['resume', 'none']],
    [['resume', '.']],
    [['resume', 'toy.gan.json', '--from', 'x']],
    [['sample', 'none', '--count', '1', '--out', 'a.png']],
    [['evaluate', 'none']],
    [['data', 'fetch', 'none']],
  ])('%j is wrong usage or a missing file', async (args) => {
    const { status, stderr } = await gan(args);
    expect(status).toBe(2);
    expect(stderr).not.toContain('Unexpected');
    expect(stderr.length).toBeGreaterThan(20);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'on %s writes a checkpoint, ends with 130, and can be resumed',
    async (signal) => {
      let sent = false;
      const { status, stdout } = await gan(
        ['train', experiment, '--steps', '1000000', '--json', '--out', join(folder, signal)],
        (text, kill) => {
          if (sent || !text.includes('"progress"')) return;
          sent = true;
          kill(signal);
        },
      );
      expect(status).toBe(130);
      const end = objects(stdout).at(-1);
      expect(end).toMatchObject({ type: 'end', status: 'stopped' });
      const step = Number(end?.step);
      const run = join(folder, signal, '00001-toy');
      const name = `step-${String(step).padStart(8, '0')}.safetensors`;
      expect(readdirSync(join(run, 'checkpoints'))).toContain(name);
      const resumed = await gan(['resume', run, '--steps', String(step + 3), '--json']);
      expect(resumed.status).toBe(0);
      expect(objects(resumed.stdout).at(-1)).toMatchObject({ status: 'completed', step: step + 3 });
    },
  );
});

it.skipIf(process.platform === 'win32')(
  'writes a checkpoint when SIGTERM comes twice at once, to the command and to its group, as GNU timeout sends it',
  async () => {
    const out = join(folder, 'twice');
    const args = ['train', experiment, '--steps', '1000000', '--json', '--out', out];
    const child = spawn(process.execPath, [GAN, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      const hadProgress = stdout.includes('"progress"');
      stdout += String(chunk);
      if (!hadProgress && stdout.includes('"progress"')) child.kill('SIGTERM');
    });
    // Two signals at the same instant are coalesced by the system: the second is sent once the first is answered.
    child.stderr.once('data', () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM'));
    const ended = await new Promise((resolve) =>
      child.once('close', (status, signal) => resolve({ status, signal })),
    );
    expect(ended).toEqual({ status: 130, signal: null });
    expect(objects(stdout).at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(readdirSync(join(out, '00001-toy', 'checkpoints'))).not.toEqual([]);
  },
);

it('trains to the end when whoever reads its output goes away', async () => {
  const out = join(folder, 'unread');
  const args = ['train', experiment, '--steps', '300', '--json', '--out', out];
  const child = spawn(process.execPath, [GAN, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  const record: unknown = JSON.parse(readFileSync(join(out, '00001-toy', 'run.json'), 'utf8'));
  expect(record).toMatchObject({ status: 'completed', step: 300 });
});

it.runIf(existsSync('/dev/full'))('reports output that the device has no room for', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [GAN, 'runs', folder], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Cannot write to standard output: ENOSPC/);
});

describe('a run that is there', () => {
  const run = (): string => join(folder, 'there', '00001-toy');
  beforeAll(async () => {
    await gan([
      'train',
      experiment,
      '--steps',
      '20',
      '--out',
      join(folder, 'there'),
      '--set',
      'logging.checkpointEvery=10',
    ]);
  });

  it('is not resumed under another optimiser', async () => {
    const { status, stderr } = await gan(['resume', run(), '--set', 'optimiser.beta1=0.1', '--steps', '30']);
    expect(status).toBe(2);
    expect(stderr).toContain('optimiser.beta1: 0.5 in the run, 0.1 now');
  });

  it('goes on from an older checkpoint as a new run that names its parent', async () => {
    const { status } = await gan(['resume', run(), '--from', 'step-00000010.safetensors', '--steps', '15']);
    expect(status).toBe(0);
    const record: unknown = JSON.parse(readFileSync(join(folder, 'there', '00002-toy', 'run.json'), 'utf8'));
    expect(record).toMatchObject({ parent: { run: '00001-toy', step: 10 }, step: 15, status: 'completed' });
  });

  it('gives a new run its weights, by a path relative to the working directory', async () => {
    const elsewhere = join(folder, 'experiments', 'toy.gan.json');
    mkdirSync(join(folder, 'experiments'));
    cpSync(experiment, elsewhere);
    const args = ['train', elsewhere, '--from', 'there/00001-toy', '--steps', '2', '--json'];
    const { status, stdout } = await gan(args);
    expect(status).toBe(0);
    const child = String(objects(stdout).at(-1)?.folder);
    expect(JSON.parse(readFileSync(join(child, 'run.json'), 'utf8'))).toMatchObject({
      step: 2,
      parent: { run: '00001-toy', step: 20, weights: { path: run(), isAveraged: true } },
    });
    expect(JSON.parse(readFileSync(join(child, 'config.json'), 'utf8'))).toMatchObject({
      initialise: { from: run(), checkpoint: 'best' },
    });
    expect((await gan(['runs', join(folder, 'experiments')])).stdout).toContain(
      '\n  Started from the weights of 00001-toy, step 20.',
    );
    const refused = await gan([...args, '--set', 'latent.size=3']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('generator/hidden1/kernel: [2, 128] in the checkpoint, [3, 128]');
    const missing = await gan(['train', elsewhere, '--from', 'nowhere']);
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain(`no run or checkpoint to start from at ${join(folder, 'nowhere')}`);
  });

  it('goes on under a changed config as a new run that keeps the difference, anew where the checkpoint does not fit', async () => {
    const record = async (...changes: string[]): Promise<unknown> => {
      const { status, stdout } = await gan([
        'resume',
        run(),
        '--from',
        '10',
        '--json',
        '--steps',
        '12',
        ...changes,
      ]);
      expect(status).toBe(0);
      const child = String(objects(stdout).find(({ type }) => type === 'run')?.folder);
      return JSON.parse(readFileSync(join(child, 'run.json'), 'utf8'));
    };
    const beta1 = { key: 'optimiser.beta1', before: 0.5, after: 0.1 };
    const length = { key: 'length.steps', before: 20, after: 12 };
    expect(await record('--set', 'optimiser.beta1=0.1')).toMatchObject({
      step: 12,
      parent: { run: '00001-toy', step: 10, changes: expect.arrayContaining([beta1, length]) },
    });
    expect(await record('--set', 'ema=false')).toMatchObject({
      step: 12,
      parent: { run: '00001-toy', step: 0, changes: expect.arrayContaining([length]) },
    });
  });

  it('is listed, beside a damaged one', async () => {
    const broken = join(folder, 'there', '00009-broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'run.json'), '{"schemaVersion": 1, "id"');
    const { status, stdout } = await gan(['runs', join(folder, 'there'), '--json']);
    expect(status).toBe(0);
    const listed = objects(stdout);
    expect(listed.find((entry) => entry.id === '00001-toy')).toMatchObject({ status: 'completed', step: 20 });
    expect(listed.find((entry) => entry.folder === broken)).toHaveProperty('problem');
  });

  it('is sampled, the same for the same seed', async () => {
    const files = ['a.png', 'b.png', 'c.png'].map((name) => join(folder, name));
    for (const [i, file] of files.entries())
      expect(
        (await gan(['sample', run(), '--count', '9', '--out', file, '--seed', i === 2 ? '5' : '4'])).status,
      ).toBe(0);
    const [a, b, c] = files.map((file) => readFileSync(file));
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it('is scored, after an estimate, and keeps the scores', async () => {
    const { status, stdout } = await gan(['evaluate', run(), '--samples', '200', '--json']);
    expect(status).toBe(0);
    const told = objects(stdout);
    expect(told.find(({ type }) => type === 'estimate')).toMatchObject({ samples: 200, features: 2 });
    const phases = told.filter(({ type }) => type === 'progress').map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['reference', 'samples', 'metrics']);
    const [kept = '', ...others] = readdirSync(join(run(), 'control', 'scores'));
    expect(others).toEqual([]);
    const { records } = JSON.parse(readFileSync(join(run(), 'control', 'scores', kept), 'utf8'));
    expect(records).toEqual(told.filter(({ type }) => type === 'score'));
  });

  /** Copies the run, with identical content. */
  function copied(name: string): string {
    const copy = join(folder, name, '00001-toy');
    cpSync(run(), copy, { recursive: true });
    return copy;
  }

  it('stays ended where its scores have ended it, unless more is asked for', async () => {
    const copy = copied('ended');
    const file = join(copy, 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    const ending = { kind: 'patience', reason: 'FID has not improved.' };
    writeFileSync(file, JSON.stringify({ ...record, totalSteps: 40, ending }));
    const before = readFileSync(join(copy, 'metrics.jsonl'));
    const { status, stdout } = await gan(['resume', copy]);
    expect(status).toBe(0);
    expect(stdout).toContain('Done at step 20. FID has not improved.');
    expect(readFileSync(join(copy, 'metrics.jsonl'))).toEqual(before);
    expect((await gan(['resume', copy, '--steps', '24'])).stdout).toContain('Done at step 24.');
  });

  it('says that another length changes what is left of a schedule', async () => {
    const file = join(folder, 'cosine.gan.json');
    writeFileSync(file, '{"data": {"source": "points2d"}, "schedule": {"name": "cosine"}}');
    await gan(['train', file, '--steps', '4', '--out', join(folder, 'cosine')]);
    const [name = ''] = readdirSync(join(folder, 'cosine')).filter((each) => each.endsWith('-cosine'));
    const { stderr, status } = await gan(['resume', join(folder, 'cosine', name), '--steps', '6']);
    expect(status).toBe(0);
    expect(stderr).toContain('The "cosine" schedule now ends at step 6 instead of 4');
  });

  it('prints scores that cannot be stored', async () => {
    const copy = copied('unwritable');
    rmSync(join(copy, 'control'), { recursive: true });
    writeFileSync(join(copy, 'control'), '');
    const { status, stdout, stderr } = await gan([
      'evaluate',
      copy,
      '--samples',
      '50',
      '--from',
      '20',
      '--json',
    ]);
    expect(objects(stdout).filter(({ type }) => type === 'score')).not.toEqual([]);
    expect(stderr).toContain('The scores were not stored with the run. Cannot create the folder');
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(0);
  });

  it('is not scored on other data than it was trained on', async () => {
    const copy = copied('changed');
    const file = join(copy, 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...record, data: { ...record.data, examples: 8 } }));
    const { status, stdout, stderr } = await gan(['evaluate', copy, '--samples', '50']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('The data has changed since the run started: from 8 training');
  });

  it.each([
    ['a folder that is not there', () => join(folder, 'nowhere', 'a.png'), 'it does not exist (ENOENT)'],
  ])('is not sampled into %s, and says so', async (_, file, reason) => {
    const { status, stderr } = await gan(['sample', run(), '--count', '1', '--out', file()]);
    expect(status).toBe(1);
    expect(stderr).toContain(`Cannot write into ${dirname(file())}: ${reason}.`);
    expect(stderr).not.toContain('    at ');
  });

  it('is sampled into arrays, with its latents, and again from them', async () => {
    const [first, second, latents] = [join(folder, 'p.npz'), join(folder, 'q.npz'), join(folder, 'z.npy')];
    const { status, stdout } = await gan([
      ...['sample', run(), '--count', '150', '--out', first, '--save-latents', latents, '--json'],
    ]);
    expect(status).toBe(0);
    expect(objects(stdout)).toMatchObject([
      { type: 'count', done: 64, total: 150 },
      { type: 'count', done: 150, total: 150 },
      { type: 'sample', count: 150, step: 20, file: first },
    ]);
    expect((await gan(['sample', run(), '--latents', latents, '--out', second])).status).toBe(0);
    expect(readFileSync(second)).toEqual(readFileSync(first));
  });

  it.each(['kept.png', 'kept.npz'])('is sampled over an existing %s only if told to', async (name) => {
    const file = join(folder, name);
    writeFileSync(file, 'kept');
    const args = ['sample', run(), '--count', '2', '--out', file];
    const { status, stderr } = await gan(args);
    expect([status, readFileSync(file, 'utf8')]).toEqual([1, 'kept']);
    expect(stderr).toContain(`${file} already exists.`);
    expect(stderr).toContain('pass --force');
    expect((await gan([...args, '--force'])).status).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe('kept');
  });

  it('is not sampled where its latents would replace others', async () => {
    const [file, latents] = [join(folder, 'new.npz'), join(folder, 'kept.npy')];
    writeFileSync(latents, 'kept');
    const args = ['sample', run(), '--count', '2', '--out', file, '--save-latents', latents];
    expect((await gan(args)).stderr).toContain(`${latents} already exists.`);
    expect([existsSync(file), readFileSync(latents, 'utf8')]).toEqual([false, 'kept']);
  });

  it.each([
    [['--count', '1', '--out', 'a.jpg'], 2, 'Samples cannot be written as .jpg files.'],
    [['--out', 'a.npz'], 2, 'Neither --count nor --latents is given.'],
    [['--count', '1', '--out', 'a.npz', '--save-latents', 'a.npz'], 2, 'Latents are written as .npy files.'],
    [['--count', '1', '--out', 'single-files'], 1, 'This run generates points, not images.'],
    [['--count', '1', '--out', '.'], 1, 'is not empty.'],
    [['--count', '1', '--class', '0', '--out', 'a.npz'], 1, 'This run has no classes.'],
  ])('is not sampled with %j, and says why', async (options, code, message) => {
    const { status, stderr } = await gan(['sample', run(), ...options]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(code);
    expect(existsSync(join(folder, 'single-files'))).toBe(false);
  });

  it('is exported, and says where to', async () => {
    const file = join(folder, 'curves.csv');
    const { status, stdout } = await gan(['export', run(), '--format', 'csv', '--out', file, '--json']);
    expect(status).toBe(0);
    expect(objects(stdout).at(-1)).toEqual({ type: 'export', format: 'csv', file });
    expect(readFileSync(file, 'utf8')).toMatch(/^type,step,/);
    const again = await gan(['export', run(), '--format', 'csv', '--out', file]);
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('already exists.')]);
    expect((await gan(['export', run(), '--format', 'csv', '--out', file, '--force'])).status).toBe(0);
  });

  it('lists the formats', async () => {
    const { stdout } = await gan(['export', '--help']);
    for (const { name } of EXPORT_FORMATS) expect(stdout).toContain(`  ${name} `);
    const unused = await gan(['export', run(), '--format', 'csv', '--out', 'x', '--fps', '3']);
    expect(unused.status).toBe(2);
    expect(unused.stderr).toContain('--fps does not apply to the format csv.');
    const { status, stderr } = await gan(['export', run(), '--format', 'onyx', '--out', 'x']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('There is no format "onyx".')]);
  });

  it('is not exported without checkpoints, and leaves nothing half-written', async () => {
    const copy = copied('bare');
    rmSync(join(copy, 'checkpoints'), { recursive: true });
    for (const format of ['onnx', 'keras']) {
      const out = join(folder, 'bare', `a.${format}`);
      const { status, stderr } = await gan(['export', copy, '--format', format, '--out', out]);
      expect([status, stderr]).toEqual([1, expect.stringContaining('has no checkpoint yet.')]);
      expect(readdirSync(join(folder, 'bare'))).toEqual(['00001-toy']);
    }
  });

  it('is not exported once its module is gone', async () => {
    const place = join(folder, 'gone');
    mkdirSync(place);
    const code =
      "export const generator = (scope, z, { layers }) => layers.dense(scope, 'd', z, { units: 2 });";
    writeFileSync(join(place, 'own.mjs'), code);
    const network = { network: 'module', module: './own.mjs', export: 'generator' };
    const file = join(place, 'own.gan.json');
    writeFileSync(file, JSON.stringify({ data: { source: 'points2d' }, generator: network }));
    expect((await gan(['train', file, '--steps', '2'])).status).toBe(0);
    const own = join(place, 'gan-runs', '00001-own');
    rmSync(join(own, 'modules'), { recursive: true });
    for (const format of ['onnx', 'keras']) {
      const out = join(place, `a.${format}`);
      const { status, stderr } = await gan(['export', own, '--format', format, '--out', out]);
      expect([status, stderr]).toEqual([1, expect.stringContaining('index.json does not exist.')]);
      expect(stderr).not.toContain('    at ');
    }
    expect(readdirSync(place).sort()).toEqual(['gan-runs', 'own.gan.json', 'own.mjs']);
  });

  it('is not exported to a place that cannot be written', async () => {
    for (const format of ['csv', 'keras']) {
      const out = `/proc/self/a.${format}`;
      const { status, stderr } = await gan(['export', run(), '--format', format, '--out', out]);
      expect(status).toBe(1);
      expect(stderr).toContain(`Cannot write ${out}: `);
      expect(stderr).not.toContain('    at ');
    }
  });

  it('is not scored by an unknown metric, which is wrong usage', async () => {
    const { status, stderr } = await gan(['evaluate', run(), '--metrics', 'fidd']);
    expect(status).toBe(2);
    expect(stderr).toContain('There is no metric "fidd".');
  });

  it('keeps nothing of scores that are cancelled', async () => {
    const before = readdirSync(join(run(), 'control', 'scores'));
    const { status, stdout, stderr } = await gan(
      ['evaluate', run(), '--samples', '1000000', '--json'],
      (text, kill) => {
        if (text.includes('"phase":"samples"')) kill('SIGINT');
      },
    );
    expect(status).toBe(130);
    expect(stderr).toContain('No scores were saved');
    expect(objects(stdout).some(({ type }) => type === 'score' || type === 'end')).toBe(false);
    expect(readdirSync(join(run(), 'control', 'scores'))).toEqual(before);
  });
});
