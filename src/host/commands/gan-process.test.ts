import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runGan } from './gan-process';

/** Cancels a command as soon as it has begun; `status` is what it then exits with. */
async function cancelled(status: number): Promise<boolean> {
  const command = join(await temporaryFolder(), 'command.mjs');
  await writeFile(
    command,
    `process.on('SIGINT', () => process.exit(${status}));
    setInterval(() => undefined, 1000);
    console.log('{}');`,
  );
  const cancelling = new AbortController();
  return await runGan({ command, args: [], signal: cancelling.signal, onLine: () => cancelling.abort() });
}

// Windows ends a process at once instead of sending it a signal.
it.skipIf(process.platform === 'win32')(
  'is done where it was finished before it could be cancelled',
  async () => {
    expect(await cancelled(0)).toBe(true);
    expect(await cancelled(130)).toBe(false);
  },
);
