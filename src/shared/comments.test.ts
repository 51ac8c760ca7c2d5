import { expect, it } from 'vitest';
import { commentsIn, translateComments } from './comments';

const EXPERIMENT = `{
  // A GAN on digits,
  // as in the paper.
  "data": { "source": "digits" }, // not a line of its own

  // Unknown to the translator,
  // so it stays.
  "seed": 1
}
`;

it('finds comments as texts in one line', () => {
  expect(commentsIn(EXPERIMENT)).toEqual([
    'A GAN on digits, as in the paper.',
    'Unknown to the translator, so it stays.',
  ]);
});

it('translates what is known, broken into lines, and leaves everything else as it is', () => {
  const long = '与论文一样，用手写数字训练的生成对抗网络。'.repeat(5);
  const translated = translateComments(EXPERIMENT, (text) => (text.startsWith('A GAN') ? long : text));
  const lines = translated.split('\n');
  expect(lines.slice(1, 3).map((line) => line.slice(0, 5))).toEqual(['  // ', '  // ']);
  expect(
    lines
      .slice(1, 3)
      .map((line) => line.slice(5))
      .join(''),
  ).toBe(long);
  expect(lines.slice(3)).toEqual(EXPERIMENT.split('\n').slice(3));
});
