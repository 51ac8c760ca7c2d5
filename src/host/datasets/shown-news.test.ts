import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { UnusableFilesError } from '../../data/data-error';
import { skipReason } from '../../data/file-error';
import { failureOfError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { packageRoot } from '../../shared/package-root';
import { storageError } from '../../storage/storage-error';
import { shownNews } from './shown-news';

vi.mock('vscode', async () => {
  const bundle = join(packageRoot(), 'l10n', 'bundle.l10n.zh-cn.json');
  const translations = new Map<string, string>(Object.entries(JSON.parse(readFileSync(bundle, 'utf8'))));
  return { l10n: { t: (text: string) => translations.get(text) ?? text } };
});

it('says in the language of the editor what failed and why files were skipped', () => {
  const skipped = [
    { name: 'a.png', reason: skipReason(Object.assign(new Error('raw'), { code: 'EACCES' })) },
    { name: 'b.png', reason: localizable('No label in {0}', 'labels.csv') },
  ];
  const failure = new UnusableFilesError(
    localizable('{0} is empty.', 'pictures'),
    localizable('Repair or remove them, or increase "maxSkipped".'),
    skipped,
    2,
  );
  expect(
    shownNews({ type: 'failed', ...failureOfError(failure), unusable: { skippedCount: 2, skipped } }),
  ).toEqual({
    type: 'failed',
    message: 'pictures 是空文件。',
    remedy: '请修复或移除这些文件，或增大 "maxSkipped"。',
    unusable: {
      skippedCount: 2,
      skipped: [
        { name: 'a.png', reason: '没有读取权限' },
        { name: 'b.png', reason: '在 labels.csv 中没有标签' },
      ],
    },
  });
});

it('translates a reason within a reason, and leaves alone what nobody has translated', () => {
  const full = storageError(
    localizable('write {0}', 'run.json'),
    Object.assign(new Error('raw'), { code: 'ENOSPC' }),
  );
  expect(shownNews({ type: 'failed', ...failureOfError(full) })).toMatchObject({
    message: '无法写入 run.json：设备上没有剩余空间（ENOSPC）。',
  });
  expect(shownNews({ type: 'failed', ...failureOfError(new Error('odd')) })).toMatchObject({
    message: 'odd',
    remedy: '',
  });
});
