import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { objects, requireGan, runGan } from '../../test/support/gan-command';

let folder = '';
beforeAll(() => {
  requireGan();
  folder = mkdtempSync(join(tmpdir(), 'gan-course-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const gan = (...args: readonly string[]) => runGan(args, { folder });

it('lists lessons in the language of the terminal', async () => {
  const [first] = objects((await gan('course', 'list', '--json')).stdout);
  expect(first).toMatchObject({ lesson: '01-two-networks', title: '1. Two networks and a game' });
  const chinese = await runGan(['course'], { folder, environment: { LC_ALL: 'zh_CN.UTF-8' } });
  expect(chinese.stdout).toContain('1. 两个网络，一场博弈');
});

it('copies a lesson, and checks its goals by the runs', async () => {
  const experiment = join('gan-course', '01-two-networks', 'ring.gan.json');
  expect((await gan('course', 'start', '1')).stdout).toContain(`gan train ${experiment}`);
  const before = await gan('course', 'check', '1');
  expect(before.stdout).toContain('… Train ring to its end. ring has not been trained yet.');
  expect(before.status).toBe(1);

  expect((await gan('train', experiment, '--steps', '20')).status).toBe(0);
  const goals = objects((await gan('course', 'check', '--json')).stdout);
  expect(goals.map(({ state }) => state)).toEqual(['met', 'unmet', 'unmet']);
  expect(goals[0]).toMatchObject({ lesson: '01-two-networks', found: 'ring has trained 20 of 20 steps.' });

  const report = ['course', 'report', '1', '--author', '李雷', '--lang', 'zh-cn'];
  expect((await gan(...report)).stdout).toBe(`已保存 ${join(folder, '01-two-networks.html')}\n`);
  const page = readFileSync(join(folder, '01-two-networks.html'), 'utf8');
  expect(page).toContain('<h1>1. 两个网络，一场博弈</h1>\n<p class="author">李雷</p>');
  expect(page).toContain('<p class="subtitle">00001-ring · 已完成');
});

it('names the lessons where there is none of a name', async () => {
  const { status, stderr } = await gan('course', 'check', 'cats');
  expect([status, stderr]).toEqual([1, expect.stringContaining('There are 01-two-networks')]);
});
