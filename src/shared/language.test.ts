import { expect, it } from 'vitest';
import { languageOf } from './language';
import { translationsTo } from './translations';

it.each([
  ['zh_CN.UTF-8', 'zh-cn'],
  ['zh-tw', 'zh-cn'],
  ['zh', 'zh-cn'],
  ['en_GB.UTF-8', 'en'],
  ['C', 'en'],
  ['zha_CN', 'en'],
])('%s means %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

it('translates what the editor translates, and leaves other texts as they are', () => {
  const translate = translationsTo('zh-cn');
  expect([translate('Mode collapse'), translate('made up')]).toEqual(['模式崩溃', 'made up']);
  expect(translationsTo('en')('Mode collapse')).toBe('Mode collapse');
});
