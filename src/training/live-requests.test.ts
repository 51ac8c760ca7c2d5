import { describe, expect, it } from 'vitest';
import { ScalarTask } from '../../test/support/scalar-training';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { checkpointBytes, jobFor, newRun, recordsOf, trainNew } from '../../test/support/training-job';
import { createRun } from '../run-folder/create-run';
import { stepFileName } from '../shared/run-format';
import { LiveRequestError } from './live-requests';
import { TrainingLoop } from './loop';
import { NonFiniteError } from './non-finite';
import { Pacer } from './pacer';

type Act = (loop: TrainingLoop, steps: readonly number[]) => Promise<void>;

/** Trains a run that pauses after its third step, where `act` takes over. */
async function actedOn(act: Act, task = new ScalarTask()): Promise<string> {
  const run = await createRun(newRun(await temporaryFolder()));
  const steps: number[] = [];
  let acted = Promise.resolve();
  const loop: TrainingLoop = new TrainingLoop(
    jobFor(run, {
      task,
      observer: {
        onProgress: ({ step }) => {
          steps.push(step);
          if (step === 3) loop.pause();
        },
        onStatus: (status) => {
          if (status !== 'paused') return;
          acted = act(loop, steps).finally(() => loop.continue());
        },
      },
    }),
  );
  try {
    await loop.run();
  } finally {
    await run.close();
    await acted;
  }
  return run.folder;
}

async function learntAsUsual(folder: string): Promise<boolean> {
  const last = stepFileName(20, 'safetensors');
  const plain = await trainNew(await temporaryFolder());
  return (await checkpointBytes(folder, last)).equals(await checkpointBytes(plain, last));
}

describe('a single step', () => {
  it('leaves the run paused, and what is learnt as it would be', async () => {
    const folder = await actedOn(async (loop, steps) => {
      await loop.ask({ type: 'stepOnce' });
      await loop.ask({ type: 'stepOnce' });
      expect(steps).toEqual([1, 2, 3, 4, 5]);
    });
    const events = (await recordsOf(folder)).flatMap((record) =>
      record.type === 'event' && ['paused', 'continued'].includes(record.event)
        ? `${record.event} ${record.step}`
        : [],
    );
    expect(events).toEqual(['paused 3', 'continued 5']);
    expect(await learntAsUsual(folder)).toBe(true);
  });

  it('can be the last one', async () => {
    let ended: unknown;
    await actedOn(async (loop) => {
      for (let step = 4; step <= 20; step++) await loop.ask({ type: 'stepOnce' });
      ended = await loop.ask({ type: 'stepOnce' }).catch((error: unknown) => error);
    });
    expect(ended).toMatchObject({ message: 'Training has ended.' });
  });

  it('is refused with the reason for which training ends in it', async () => {
    let refused: unknown;
    const trained = actedOn(async (loop) => {
      refused = await loop.ask({ type: 'stepOnce' }).catch((error: unknown) => error);
    }, new ScalarTask(4));
    await expect(trained).rejects.toThrow(NonFiniteError);
    expect(refused).toBeInstanceOf(NonFiniteError);
  });

  it('needs a pause', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const loop = new TrainingLoop(jobFor(run));
    const asked = loop.ask({ type: 'stepOnce' });
    await Promise.all([loop.run(), expect(asked).rejects.toThrow(LiveRequestError)]);
    await run.close();
  });
});

describe('slow motion', () => {
  it('changes nothing about what is learnt', async () => {
    const folder = await actedOn(async (loop) => {
      await loop.ask({ type: 'setPace', stepsPerSecond: 200 });
    });
    expect(await learntAsUsual(folder)).toBe(true);
  });

  it('spaces steps evenly from beginning to beginning', () => {
    let nowMs = 0;
    const pacer = new Pacer(() => nowMs);
    pacer.pace = 4;
    expect(pacer.waitMs).toBe(0);
    pacer.stepBegins();
    nowMs = 100;
    expect(pacer.waitMs).toBe(150);
    nowMs = 400;
    expect(pacer.waitMs).toBe(0);
    expect([pacer.secondsFor(40, 3), pacer.secondsFor(4, 3)]).toEqual([10, 3]);
    pacer.pace = null;
    pacer.stepBegins();
    expect(pacer.waitMs).toBe(0);
    expect(pacer.secondsFor(40, 3)).toBe(3);
  });
});
