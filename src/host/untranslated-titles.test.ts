import { expect, it, vi } from 'vitest';

/** The table with a command whose title nobody has translated yet. */
vi.mock('./registry', async (importOriginal) => {
  const { COMMANDS, COMMAND_TABLE, ...others } = await importOriginal<typeof import('./registry')>();
  const madeUp = { title: 'Made Up', run: async () => undefined };
  return {
    ...others,
    COMMANDS: { ...COMMANDS, madeUp: 'gan.madeUp' },
    COMMAND_TABLE: { ...COMMAND_TABLE, 'gan.madeUp': madeUp },
  };
});

it('names a title that has no translation, and shows it in English until it has one', async () => {
  const { manifestFiles, untranslatedTitles } = await import('./manifest');
  expect(untranslatedTitles()).toEqual({ 'l10n/bundle.l10n.zh-cn.json': ['Made Up'] });
  expect(manifestFiles()['package.nls.zh-cn.json']).toContain('"command.madeUp": "Made Up"');
});
