import { expect, it } from 'vitest';
import { formatText } from '../../shared/localizable-text';
import { type FindingRecord, RUN_SCHEMA_VERSION, type ScoreRecord } from '../../shared/run-format';
import type { LessonRun, LessonRuns } from './goal';
import { goalKinds } from './registry';

function fid(step: number, value: number): ScoreRecord {
  return { schemaVersion: RUN_SCHEMA_VERSION, type: 'score', step, name: 'fid', value, protocol: 'p' };
}

const collapse: FindingRecord = {
  schemaVersion: RUN_SCHEMA_VERSION,
  type: 'finding',
  step: 40,
  rule: 'mode-collapse',
  severity: 'warning',
  message: '',
  evidence: {},
};

function run(changes: Partial<LessonRun>): LessonRun {
  return {
    folder: '/runs/1',
    status: 'completed',
    step: 100,
    totalSteps: 100,
    scores: [],
    findings: [],
    ...changes,
  };
}

function check(
  options: { readonly goal: string; readonly [option: string]: unknown },
  ...runs: readonly (readonly [string, LessonRun])[]
) {
  const goal = goalKinds.find(({ name }) => name === options.goal)?.read(options);
  const byName: LessonRuns = new Map(
    ['a', 'b'].flatMap((name) => {
      const own = runs.filter(([of]) => of === name).map(([, one]) => one);
      return own.length === 0 ? [] : [[name, own]];
    }),
  );
  const result = goal?.check(byName);
  return [result?.state, result && formatText(result.found)];
}

const scored = run({ scores: [fid(50, 10), fid(100, 20)] });
const running = run({ status: 'running', step: 50, scores: [fid(50, 10)] });

it.each([
  ['trained', { goal: 'trained', experiment: 'a' }, run({}), 'met'],
  ['still training', { goal: 'trained', experiment: 'a' }, running, 'waiting'],
  ['stopped early', { goal: 'trained', experiment: 'a' }, run({ status: 'stopped', step: 3 }), 'unmet'],
  ['at its best', { goal: 'score', experiment: 'a', score: 'fid', value: 'best', atMost: 15 }, scored, 'met'],
  ['at its last', { goal: 'score', experiment: 'a', score: 'fid', atMost: 15 }, scored, 'unmet'],
  ['at its last, exactly', { goal: 'score', experiment: 'a', score: 'fid', atMost: 20 }, scored, 'met'],
  [
    'good, but not the last yet',
    { goal: 'score', experiment: 'a', score: 'fid', atMost: 15 },
    running,
    'waiting',
  ],
  ['bad on purpose', { goal: 'score', experiment: 'a', score: 'fid', atLeast: 20 }, scored, 'met'],
  ['without a score', { goal: 'score', experiment: 'a', score: 'fid', atMost: 15 }, run({}), 'unmet'],
  [
    'found',
    { goal: 'finding', experiment: 'a', rule: 'mode-collapse' },
    run({ findings: [collapse] }),
    'met',
  ],
  ['not found', { goal: 'finding', experiment: 'a', rule: 'mode-collapse' }, run({}), 'unmet'],
  ['avoided', { goal: 'finding', experiment: 'a', rule: 'mode-collapse', isFound: false }, run({}), 'met'],
  [
    'not found yet',
    { goal: 'finding', experiment: 'a', rule: 'mode-collapse', isFound: false },
    running,
    'waiting',
  ],
  [
    'found, though to be avoided',
    { goal: 'finding', experiment: 'a', rule: 'mode-collapse', isFound: false },
    run({ findings: [collapse] }),
    'unmet',
  ],
])('judges a run: %s', (_, goal, one, state) => {
  expect(check(goal, ['a', one])[0]).toBe(state);
});

it('waits for a run', () => {
  expect(check({ goal: 'trained', experiment: 'a' })).toEqual(['waiting', 'a has not been trained yet.']);
});

it('is met once one of the runs has met it, and tells of the newest otherwise', () => {
  const goal = { goal: 'trained', experiment: 'a' };
  const stopped = run({ status: 'stopped', step: 3 });
  expect(check(goal, ['a', stopped], ['a', run({})])).toEqual(['met', 'a has trained 100 of 100 steps.']);
  expect(check(goal, ['a', stopped], ['a', run({ status: 'stopped', step: 9 })])).toEqual([
    'unmet',
    'a has trained 3 of 100 steps.',
  ]);
});

it('compares the scores of two experiments in the direction of the score', () => {
  const goal = { goal: 'better', experiment: 'a', than: 'b', score: 'fid' };
  const [good, bad] = [run({ scores: [fid(100, 10)] }), run({ scores: [fid(100, 30)] })];
  expect(check(goal, ['a', good], ['b', bad])).toEqual(['met', 'FID is 10 in a and 30 in b.']);
  expect(check(goal, ['a', bad], ['b', good])[0]).toBe('unmet');
  expect(check(goal, ['a', good])).toEqual(['waiting', 'b has not been trained to its end yet.']);
});

it.each([
  [{ goal: 'score', experiment: 'a', score: 'nice', atMost: 1 }, 'Not a score'],
  [{ goal: 'score', experiment: 'a', score: 'fid' }, 'Give atLeast or atMost'],
  [{ goal: 'finding', experiment: 'a' }, 'rule'],
])('refuses %o', (options, problem) => {
  const kind = goalKinds.find(({ name }) => name === options.goal);
  expect(() => kind?.read(options)).toThrow(problem);
});
