import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunFailure } from '../../src/shared/run-format';

let controlsOf: typeof import('./run-controls').controlsOf;
beforeAll(async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  ({ controlsOf } = await import('./run-controls'));
});
afterAll(() => vi.unstubAllGlobals());

function labels(...[status, record, hasChanges]: Parameters<typeof controlsOf>): string[] {
  return controlsOf(status, record, hasChanges).map(({ label, isPrimary }) =>
    isPrimary ? `[${label}]` : label,
  );
}

const DISK_FULL: RunFailure = { message: 'The disk is full.', remedy: 'Free some space.', step: 9 };
const NAN: RunFailure = { ...DISK_FULL, message: 'NaN or infinity', tensor: 'generator loss' };

describe('the controls of a run', () => {
  it('resume a run whose failure has passed', () => {
    expect(labels('failed', { failure: DISK_FULL }, true)).toEqual(['[Resume]']);
    expect(labels('stopped', { failure: NAN }, true)).toEqual(['[Resume]']);
  });

  it('change the experiment of a run that would fail in the same way again', () => {
    expect(labels('failed', { failure: NAN }, false)).toEqual(['[Open Experiment]', 'Resume']);
    expect(labels('failed', { failure: NAN }, true)).toEqual([
      '[Open Experiment]',
      'Apply Finding…',
      'Resume',
    ]);
  });

  it('steer a run that trains', () => {
    expect(labels('running', {}, true)).toEqual(['Pause', 'Save Checkpoint', 'Stop']);
    expect(labels('paused', {}, false)).toEqual(['[Resume]', 'Save Checkpoint', 'Stop']);
    expect(labels('completed', {}, true)).toEqual([]);
  });
});
