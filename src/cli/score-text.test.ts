import { expect, it } from 'vitest';
import { RUN_SCHEMA_VERSION, type ScoreRecord } from '../shared/run-format';
import { classLines } from './score-text';

const score: ScoreRecord = {
  schemaVersion: RUN_SCHEMA_VERSION,
  type: 'score',
  step: 1,
  name: 'kid',
  value: 0.5,
  protocol: 'test',
};

it('tells the scores of single classes, and which have too few examples', () => {
  const details = {
    standardError: 0.1,
    'class cat': 0.25,
    'class dog': 0.75,
    'class emu': 'too few examples',
  };
  expect(classLines({ ...score, details })).toEqual([
    'by class: cat 0.25, dog 0.75',
    'too few examples of the class: emu',
  ]);
  expect(classLines(score)).toEqual([]);
});
