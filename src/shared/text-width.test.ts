import { expect, it } from 'vitest';
import { padEndTo, padStartTo, textWidth, wrapText } from './text-width';

it.each([
  ['GAN', 3],
  ['生成器', 6],
  ['第 3 步，D 0.7', 14],
  ['FID 28.6 · “±”', 14],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

it('pads by columns', () => {
  expect([padEndTo('状态', 6), padStartTo('状态', 6), padEndTo('too long', 3)]).toEqual([
    '状态  ',
    '  状态',
    'too long',
  ]);
});

it('breaks Chinese anywhere but before punctuation, and English at spaces', () => {
  expect(wrapText('将运行或其网络写成其他程序的格式。', 12)).toBe('将运行或其网\n络写成其他程\n序的格式。');
  expect(wrapText('一二三四五六，七', 12)).toBe('一二三四五\n六，七');
  expect(wrapText('write a run\nor its networks', 9)).toBe('write a\nrun\nor its\nnetworks');
});

it('loses no character', () => {
  const text = '作业申请的资源：partition、time、cpus（可重复）。“GAN”！\n第二行 end.';
  expect(wrapText(text, 10).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
});
