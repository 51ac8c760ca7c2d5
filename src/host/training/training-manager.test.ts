import { describe, expect, it } from 'vitest';
import { ScriptedWorker } from '../../../test/support/scripted-worker';
import { TrainingManager } from './training-manager';

function managed(maxParallel = 1) {
  const threads: ScriptedWorker[] = [];
  const settings = { maxParallel };
  const deaths: string[] = [];
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const manager = new TrainingManager({
    openWorker: (isolation) => {
      const thread = new ScriptedWorker(isolation);
      threads.push(thread);
      return thread;
    },
    maxParallel: () => settings.maxParallel,
    recordDeath: async (runFolder, { message }) => {
      deaths.push(`${runFolder}: ${message}`);
    },
    log: { info: write, warn: write, error: write },
  });
  const thread = (index: number): ScriptedWorker => {
    const found = threads[index];
    if (found === undefined) throw new Error(`There is no thread ${index}.`);
    return found;
  };
  const ended = (): Promise<void> => new Promise((resolve) => manager.events.once('ended', () => resolve()));
  return { manager, settings, threads, thread, deaths, lines, ended };
}

const start = (experimentFile: string) => ({ type: 'start', experimentFile }) as const;

describe('the training manager', () => {
  it('trains one run at a time; the next begins when the worker of the last is gone', async () => {
    const { manager, threads, thread, ended } = managed();
    const first = manager.add(start('/a.gan.json'));
    const second = manager.add(start('/b.gan.json'));
    expect([first.state, second.state]).toEqual(['starting', 'queued']);
    expect([first.isBeginning, second.isBeginning]).toEqual([true, true]);
    thread(0).say({ type: 'opened', runFolder: '/runs/00001-a' });
    thread(0).say({ type: 'status', status: 'running' });
    expect(first.state).toBe('running');
    thread(0).say({ type: 'ended', status: 'completed', step: 3 });
    expect(first.isBeginning).toBe(false);
    expect(threads).toHaveLength(1);
    const firstEnded = ended();
    thread(0).emit('exit', 0);
    await firstEnded;
    expect(threads).toHaveLength(2);
    expect(second.state).toBe('starting');
    expect(manager.jobs).toEqual([second]);
  });

  it('as many run at once as the setting says', () => {
    const { manager, threads } = managed(2);
    for (const name of ['a', 'b', 'c']) manager.add(start(`/${name}.gan.json`));
    expect(threads).toHaveLength(2);
  });

  it('begins a job at once that shall not wait, beside those that are trained', () => {
    const { manager, threads } = managed(1);
    const [, second, third] = ['a', 'b', 'c'].map((name) => manager.add(start(`/${name}.gan.json`)));
    if (third !== undefined) manager.beginNow(third);
    expect(threads).toHaveLength(2);
    expect([second?.state, third?.state]).toEqual(['queued', 'starting']);
  });

  it('begins a job that shall not wait as soon as its run has no other writer', async () => {
    const { manager, threads, thread, ended } = managed(1);
    const first = manager.add({ type: 'resume', runFolder: '/runs/00001-a' });
    const again = manager.add({ type: 'resume', runFolder: '/runs/00001-a' });
    manager.beginNow(again);
    expect(threads).toHaveLength(1);
    first.steer('stop');
    thread(0).say({ type: 'ended', status: 'stopped', step: 3 });
    const firstEnded = ended();
    thread(0).emit('exit', 0);
    await firstEnded;
    expect(again.state).toBe('starting');
  });

  it('tells of a checkpoint that is on disk, and not of samples', () => {
    const { manager, thread } = managed();
    const job = manager.add(start('/a.gan.json'));
    const saved: unknown[] = [];
    manager.events.on('saved', (by, step) => saved.push([by, step]));
    thread(0).say({ type: 'opened', runFolder: '/runs/00001-a' });
    thread(0).say({ type: 'written', what: 'sample', step: 4, file: '/runs/00001-a/samples/s.png' });
    thread(0).say({ type: 'written', what: 'checkpoint', step: 5, file: '/runs/00001-a/c' });
    expect(saved).toEqual([[job, 5]]);
  });

  it('passes on what is asked of a run that trains, with its answer', async () => {
    const { manager, thread } = managed();
    const job = manager.add(start('/a.gan.json'));
    await expect(job.ask({ type: 'stepOnce' })).rejects.toThrow('not being trained in this window');
    expect(job.pace).toBeUndefined();
    thread(0).say({ type: 'status', status: 'paused' });
    expect(job.pace).toBeNull();
    const slow = job.ask({ type: 'setPace', stepsPerSecond: 2 });
    const step = job.ask({ type: 'stepOnce' });
    expect(thread(0).received.slice(1)).toMatchObject([
      { type: 'live', number: 0, request: { type: 'setPace' } },
      { type: 'live', number: 1, request: { type: 'stepOnce' } },
    ]);
    thread(0).say({ type: 'answer', number: 1, refusal: { message: 'No.', remedy: 'Pause it.' } });
    thread(0).say({ type: 'answer', number: 0 });
    await expect(step).rejects.toMatchObject({ message: 'No.', remedy: 'Pause it.' });
    await slow;
    expect(job.pace).toBe(2);
    const unanswered = job.ask({ type: 'stepOnce' });
    thread(0).emit('exit', 1);
    await expect(unanswered).rejects.toThrow('not being trained in this window');
    expect(job.pace).toBeUndefined();
  });

  it('begins what waits when the setting is raised', () => {
    const { manager, settings, threads } = managed(1);
    for (const name of ['a', 'b', 'c']) manager.add(start(`/${name}.gan.json`));
    settings.maxParallel = 2;
    manager.beginNext();
    expect(threads).toHaveLength(2);
  });

  it.each([Number.NaN, 0, -3])('trains one at a time where the setting is %d', (setting) => {
    const { manager, threads } = managed(setting);
    for (const name of ['a', 'b']) manager.add(start(`/${name}.gan.json`));
    expect(threads).toHaveLength(1);
  });

  it('tells of a run folder whether its run has waited for its turn', async () => {
    const { manager, thread, ended } = managed();
    const opened: unknown[] = [];
    manager.events.on('opened', (_, ...told) => opened.push(told));
    manager.add(start('/a.gan.json'));
    manager.add({ type: 'resume', runFolder: '/runs/00007-b' });
    thread(0).say({ type: 'opened', runFolder: '/runs/00001-a' });
    const gone = ended();
    thread(0).say({ type: 'ended', status: 'completed', step: 3 });
    thread(0).emit('exit', 0);
    await gone;
    expect(opened).toEqual([
      ['/runs/00001-a', false],
      ['/runs/00007-b', true],
    ]);
  });

  it('tells once that a run folder is there', () => {
    const { manager, thread } = managed();
    const opened: string[] = [];
    manager.events.on('opened', (_, runFolder) => opened.push(runFolder));
    manager.add(start('/a.gan.json'));
    thread(0).say({ type: 'opened', runFolder: '/runs/00001-a' });
    thread(0).say({ type: 'status', status: 'running' });
    expect(opened).toEqual(['/runs/00001-a']);
  });

  it('a worker that dies is a failed run, with its reason in the run folder', async () => {
    const { manager, thread, deaths, lines, ended } = managed();
    const job = manager.add(start('/a.gan.json'));
    thread(0).say({ type: 'opened', runFolder: '/runs/00001-a' });
    const gone = ended();
    thread(0).emit('error', new Error('out of memory'));
    thread(0).emit('exit', 1);
    expect(job.state).toBe('failed');
    expect(job.failure?.message).toContain('out of memory');
    await gone;
    expect(deaths).toEqual([
      '/runs/00001-a: The training thread of 00001-a stopped unexpectedly: out of memory.',
    ]);
    expect(lines.some((line) => line.includes('Resume the run'))).toBe(true);
    expect(manager.jobs).toEqual([]);
  });

  describe('where a thread finds that the graphics card is in use by another', () => {
    const failure = { message: 'in use', remedy: 'wait', needsProcess: true } as const;

    it('begins the job again, in a process', async () => {
      const { manager, threads, thread, deaths } = managed(2);
      manager.add(start('/a.gan.json'));
      const job = manager.add(start('/b.gan.json'));
      thread(1).say({ type: 'failed', failure });
      expect([job.state, threads.length]).toEqual(['starting', 2]);
      thread(1).emit('exit', 0);
      expect(threads.map(({ isolation }) => isolation)).toEqual(['thread', 'thread', 'process']);
      expect(thread(2).received).toMatchObject([
        { type: 'train', request: start('/b.gan.json'), sequence: 0 },
      ]);
      thread(2).say({ type: 'opened', runFolder: '/runs/00002-b' });
      thread(2).say({ type: 'status', status: 'running' });
      expect([job.state, job.failure, manager.jobs.length]).toEqual(['running', undefined, 2]);
      expect(deaths).toEqual([]);
    });

    it('begins no job again that was stopped meanwhile', async () => {
      const { manager, threads, thread, ended } = managed(2);
      const job = manager.add(start('/a.gan.json'));
      thread(0).say({ type: 'failed', failure });
      job.steer('stop');
      const gone = ended();
      thread(0).emit('exit', 0);
      await gone;
      expect([job.state, threads.length]).toEqual(['stopped', 1]);
    });

    it('tries a process once', () => {
      const { manager, threads, thread } = managed(1);
      const job = manager.add(start('/a.gan.json'));
      thread(0).say({ type: 'failed', failure });
      thread(0).emit('exit', 0);
      thread(1).say({ type: 'failed', failure });
      thread(1).emit('exit', 0);
      expect([job.state, job.failure?.message, threads.length]).toEqual(['failed', 'in use', 2]);
    });
  });

  it('a run whose worker is not gone yet is not opened a second time', async () => {
    const { manager, threads, thread, ended } = managed(2);
    const resume = { type: 'resume', runFolder: '/runs/00001-a' } as const;
    manager.add(resume);
    const second = manager.add(resume);
    expect(threads).toHaveLength(1);
    expect(second.state).toBe('queued');
    const gone = ended();
    thread(0).emit('exit', 1);
    await gone;
    expect(threads).toHaveLength(2);
  });

  it('a job in the queue is stopped by leaving it; one under way is asked', () => {
    const { manager, thread } = managed();
    const first = manager.add(start('/a.gan.json'));
    const second = manager.add(start('/b.gan.json'));
    second.steer('stop');
    expect(manager.jobs).toEqual([first]);
    first.steer('stop');
    expect(first.state).toBe('stopping');
    expect(thread(0).received.at(-1)).toMatchObject({ type: 'steer', request: 'stop', sequence: 1 });
  });

  it('closing waits until every worker has ended by itself, and begins nothing more', async () => {
    const { manager, threads, thread } = managed();
    manager.add(start('/a.gan.json'));
    manager.add(start('/b.gan.json'));
    let closed = false;
    const closing = manager.close().then(() => {
      closed = true;
    });
    thread(0).say({ type: 'ended', status: 'stopped', step: 7 });
    await Promise.resolve();
    expect(closed).toBe(false);
    thread(0).emit('exit', 0);
    await closing;
    expect(threads).toHaveLength(1);
    expect(manager.jobs).toEqual([]);
  });

  it('notices messages that are out of order', () => {
    const { manager, thread, lines } = managed();
    const job = manager.add(start('/a.gan.json'));
    thread(0).emit('message', {
      type: 'warning',
      message: 'late',
      protocolVersion: 1,
      jobId: job.id,
      sequence: 4,
    });
    expect(lines).toContain('Message 4 came instead of 0.');
  });
});
