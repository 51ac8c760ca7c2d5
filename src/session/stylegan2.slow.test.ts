/** The experiment of docs/stylegan2.md has the settings that the page names, and few programs. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configOf, shapeOfData } from '../../test/support/experiment-training';
import { gameTask } from './task';

const [, documented = ''] =
  /```json\n(\{.*?)```/s.exec(readFileSync(new URL('../../docs/stylegan2.md', import.meta.url), 'utf8')) ??
  [];

it('has the authors’ settings, and never computes the penalties of both networks in one step', () => {
  const config = configOf(JSON.parse(documented));
  expect(config.regularisers).toMatchObject([{ name: 'r1', every: 16, weight: (0.0002 * 32 ** 2) / 32 }]);
  expect(config.generatorRegularisers).toMatchObject([{ name: 'path-length', every: 4, weight: 2 }]);
  expect(config.generator).toMatchObject({ channels: [64, 64, 64, 32], styleMixing: 0.9 });
  const programs = gameTask(config, shapeOfData(config)).trainingPrograms();
  expect(programs.map(({ name }) => name).sort()).toEqual(['step', 'step+path-length', 'step+r1']);
});
