/** `gan mcp [FOLDER]`: offers experiments and runs to assistants over the Model Context Protocol, by standard input and output. */
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AgentWorkspace } from '../../agent/agent-workspace';
import { localizable } from '../../shared/localizable-text';
import type { GanCommand } from '../command';
import { UsageError } from '../command';
import { onStopSignal } from '../stop-signals';
import { t } from '../texts';

export const mcp: GanCommand = {
  name: 'mcp',
  define(command) {
    command
      .description(t('Let assistants list, read, train and compare runs (Model Context Protocol, stdio).'))
      .argument('[folder]', t('folder with experiments; nothing outside it is read'), '.')
      .action(async (folder: string) => {
        const path = resolve(folder);
        const isFolder = await stat(path).then(
          (info) => info.isDirectory(),
          () => false,
        );
        if (!isFolder)
          throw new UsageError(
            localizable('There is no folder {0}.', path),
            localizable('Pass a folder with experiments.'),
          );
        await serve(new AgentWorkspace([{ name: basename(path), path }]));
      });
  },
};

/** Serves until standard input ends or a signal arrives; trainings are then stopped with a checkpoint. */
async function serve(workspace: AgentWorkspace): Promise<void> {
  const { serveStdio } = await import('@modelcontextprotocol/server/stdio');
  const { mcpServer } = await import('../agent/mcp-server');
  const { ProcessTrainer } = await import('../agent/process-trainer');
  const trainer = new ProcessTrainer();
  const stopped = new Promise<void>((resolve) => {
    onStopSignal(() => resolve());
  });
  const handle = serveStdio(() => mcpServer(workspace, trainer));
  await Promise.race([once(process.stdin, 'close'), once(process.stdin, 'end'), stopped]);
  await handle.close();
  await trainer.close();
}
