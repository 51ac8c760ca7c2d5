import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { createRun } from '../run-folder/create-run';
import type { RunWriter } from '../run-folder/run-writer';
import type { RunNews } from '../shared/dashboard-protocol';
import { CurveStore } from './curves/curve-store';
import { RunFollower } from './run-follower';

interface Watched {
  readonly writer: RunWriter;
  readonly watch: RunFollower;
  readonly problems: readonly string[];
  /** The news since the previous call. */
  news(): RunNews[];
  beginning: boolean;
}

async function watched(): Promise<Watched> {
  const base = await temporaryFolder();
  const writer = await createRun({
    runsFolder: join(base, 'gan-runs'),
    experiment: 'toy',
    experimentFile: join(base, 'toy.gan.json'),
    config: { model: 'toy2d' },
    totalSteps: 10,
    engine: { name: 'onnx', version: '1', threads: 1 },
    workbenchVersion: '0',
  });
  let told: RunNews[] = [];
  const problems: string[] = [];
  const made: Omit<Watched, 'watch'> = {
    writer,
    problems,
    beginning: false,
    news: () => {
      const since = told;
      told = [];
      return since;
    },
  };
  const watch = new RunFollower({
    folder: writer.folder,
    store: new CurveStore(join(base, 'storage'), () => true),
    isBeginning: () => made.beginning,
    onNews: (news) => told.push(news),
    onProblem: ({ problem }) => problems.push(problem),
  });
  return Object.assign(made, { watch });
}

const types = (news: readonly RunNews[]): string[] => news.map(({ type }) => type);

describe('RunFollower', () => {
  it('tells everything once, and then only what is new', async () => {
    const { writer, watch, news } = await watched();
    watch.view = { xAxis: 'step', maxBuckets: 10 };
    await watch.look(true);
    expect(types(news())).toEqual([
      'run',
      'curves',
      'findings',
      'scores',
      'samples',
      'interventions',
      'config',
    ]);
    await watch.look(false);
    expect(news()).toEqual([]);
    await writer.update({ status: 'completed', step: 10 });
    await watch.look(false);
    expect(news()).toMatchObject([{ type: 'run', status: 'completed', hasCheckpoints: false }]);
    await writeFile(join(writer.folder, 'checkpoints', 'step-00000010.safetensors'), 'a generator');
    await watch.look(false);
    expect(news()).toMatchObject([{ type: 'run', hasCheckpoints: true }]);
    expect(watch.isLive).toBe(false);
    await writer.close();
  });

  it('sends the scores without the findings when only scores are new, and the other way round', async () => {
    const { writer, watch, news } = await watched();
    await watch.look(true);
    news();
    const score = { schemaVersion: 1, type: 'score', step: 1, name: 'fid', value: 4, protocol: 'p' } as const;
    await writer.append(score);
    await watch.look(false);
    expect(types(news())).toEqual(['run', 'scores']);
    const finding = {
      schemaVersion: 1,
      type: 'finding',
      step: 2,
      rule: 'collapse',
      severity: 'warning',
      message: 'Few modes.',
      evidence: {},
    } as const;
    await writer.append(finding);
    await watch.look(false);
    expect(types(news())).toEqual(['run', 'findings']);
    await writer.close();
  });

  it('says that an ended run begins again before its folder does', async () => {
    const one = await watched();
    await one.writer.update({ status: 'stopped', step: 5 });
    await one.watch.look(false);
    expect(one.news()).toMatchObject([{ type: 'run', status: 'stopped' }]);
    one.beginning = true;
    await one.watch.look(false);
    expect(one.news()).toMatchObject([{ type: 'run', status: 'created' }]);
    expect(one.watch.isLive).toBe(true);
    await one.writer.close();
  });

  it('shows a run whose labels are damaged, says so once, and takes its name when they are whole', async () => {
    const { writer, watch, news, problems } = await watched();
    const labels = join(writer.folder, 'control', 'labels.json');
    await mkdir(join(writer.folder, 'control'), { recursive: true });
    await writeFile(labels, '{');
    await watch.look(false);
    await watch.look(false);
    expect(types(news())).toEqual(['run']);
    expect(problems).toEqual([expect.stringContaining('labels.json')]);
    expect(watch.name).toBe('00001-toy');
    await writeFile(labels, JSON.stringify({ schemaVersion: 1, name: 'Best', tags: [], note: '' }));
    await watch.look(false);
    expect(watch.name).toBe('Best');
    await writer.close();
  });

  it('shows a run whose records lead out of it, and reads none of them', async () => {
    const { writer, watch, news, problems } = await watched();
    await writer.close();
    const metrics = join(writer.folder, 'metrics.jsonl');
    await rm(metrics);
    await symlink(join(await temporaryFolder(), 'metrics.jsonl'), metrics);
    await watch.look(true);
    expect(types(news())).toEqual(['run']);
    const told = expect.stringContaining('metrics.jsonl is a link to');
    expect(problems).toEqual([told]);
    await watch.look(false);
    expect(problems).toEqual([told]);
  });
});
