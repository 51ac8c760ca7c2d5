import { describe, expect, it } from 'vitest';
import { environmentLanguage, takeLanguage } from './language';

describe('the language of the environment', () => {
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }, 'zh-cn'],
    [{ LC_ALL: 'C', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }, 'zh-cn'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
    [{}, 'en'],
  ])('%j: %s', (environment, language) => {
    expect(environmentLanguage(environment)).toBe(language);
  });
});

describe('--lang', () => {
  it('is taken out of the arguments at any place', () => {
    const rest = ['train', 'toy.gan.json'];
    expect(takeLanguage(['--lang', 'zh-cn', ...rest])).toEqual({ language: 'zh-cn', rest });
    expect(takeLanguage([...rest, '--lang=EN'])).toEqual({ language: 'en', rest });
    expect(takeLanguage(rest)).toEqual({ rest });
  });

  it.each([[['--lang', 'fr']], [['--lang']], [['--lang=', 'train']]])('refuses %j', (args) => {
    expect(() => takeLanguage(args)).toThrow('which is no language of this command.');
  });
});
