import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatText } from './localizable-text';
import { protocolCaption } from './score-captions';

it('is translated as a whole, with the punctuation of the language', () => {
  const texts: Readonly<Record<string, string>> = JSON.parse(
    readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8'),
  );
  const record = {
    name: 'fid',
    protocol: '1000 samples against 1000 held-out examples of data 9739e88d by classifier 312310d0',
  };
  const caption = protocolCaption(record, 'digits', (count) => count.toLocaleString('zh-cn'));
  expect(formatText(caption, (text) => texts[text] ?? text)).toBe('数字分类器，1,000 个样本');
});
