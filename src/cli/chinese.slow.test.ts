/** What people read on the command line in Chinese. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { objects, requireGan, runGan } from '../../test/support/gan-command';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { createOutput } from './output';
import { programFor } from './program';
import { speak } from './texts';

beforeAll(requireGan);

const environment = { ...process.env, LC_ALL: 'zh_CN.UTF-8' };
const HAN = /\p{Script=Han}/u;

async function folderWith(experiment: object): Promise<string> {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  return folder;
}

const toy = { data: { source: 'points2d' }, logging: { sampleCount: 8 } };

/** A command with all commands below it. */
function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

it('describes every command, argument and option in Chinese', () => {
  speak('zh-cn');
  onTestFinished(() => speak('en'));
  const commands = withSubcommands(programFor(createOutput()));
  const told = commands.flatMap((command) => [
    command.description(),
    ...command.registeredArguments.map(({ description }) => description),
    ...command.options.map(({ description }) => description),
  ]);
  // The formats and the engines are names alone.
  expect(told.filter((text) => !HAN.test(text) && !/^[a-z, -]+$/.test(text))).toEqual([]);
  expect(commands.length).toBeGreaterThan(20);
});

it('shows the help in Chinese', async () => {
  const { stdout, status } = await runGan(['train', '--help', '--lang', 'zh-cn'], { folder: '.' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^用法： gan train \[选项\] \[命令\] \[file\]\n\n训练一个实验。\n\n参数：\n/);
});

it('says what is wrong with an experiment', async () => {
  const folder = await folderWith(toy);
  const { stderr, status } = await runGan(['train', 'toy.gan.json', '--set', 'optimiser.beta1=2'], {
    folder,
    environment,
  });
  expect(status).toBe(2);
  expect(stderr).toBe(
    'toy.gan.json 有一个问题：\n  --set optimiser.beta1=2: 应为 不小于 0 且小于 1 的数，实际为 2。\n训练未启动。请更正后重试。\n',
  );
});

it('tells of a training, with what its diagnostics find', async () => {
  const folder = await folderWith({
    ...toy,
    optimiser: { generatorLearningRate: 1, discriminatorLearningRate: 1 },
  });
  const { stdout, stderr, status } = await runGan(['train', 'toy.gan.json', '--steps', '60'], {
    folder,
    environment,
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^第 \d+ 步，警告：学习率过高。判别器的损失在最近 \d+ 条记录中平均为/m);
  expect(stdout).toMatch(/^ {2}将判别器的学习率除以 10.*--set optimiser\.discriminatorLearningRate=0\.1$/m);
  expect(stdout).toContain('已完成，停在第 60 步。');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(`运行文件夹：${join(folder, 'gan-runs', '00001-toy')}`);
  const listed = await runGan(['runs'], { folder, environment });
  expect(listed.stdout).toMatch(/^00001-toy +已完成 +60\/60 步/);
});

it('checks the machine', async () => {
  const { stdout, status } = await runGan(['doctor'], { folder: '.', environment });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^可以训练/);
  expect(stdout).toMatch(/^✓ onnx（ONNX Runtime，原生，CPU，.*）：小型 GAN 每秒 \d+ 步/m);
});

it('leaves the texts of objects for programs in English', async () => {
  const folder = await folderWith(toy);
  const { stdout, stderr } = await runGan(['train', 'missing.gan.json', '--json'], { folder, environment });
  expect(objects(stdout).at(-1)).toMatchObject({
    type: 'failure',
    remedy: { text: 'Training did not start. Correct this and try again.' },
  });
  expect(stderr).toContain('训练未启动。请更正后重试。');
});
