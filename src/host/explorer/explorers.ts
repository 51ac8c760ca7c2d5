/** Every open latent explorer, one for each run, restored by VS Code after a reload, and the command that opens one. */
import { resolve } from 'node:path';
import { commands, type Disposable, l10n } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import { runFolderFor } from '../commands/run-target';
import { CheckpointNode } from '../experiments/nodes';
import { canExplore } from '../experiments/run-state';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { type PageFactory, PageGroup } from '../pages/page-group';
import type { ExplorerPanel, ExplorerTarget } from './explorer-panel';

export class Explorers implements Disposable {
  readonly #host: Host;
  readonly #pages: PageGroup<ExplorerTarget, ExplorerPanel>;
  readonly #command: Disposable;

  constructor(host: Host) {
    this.#host = host;
    this.#pages = new PageGroup(
      PANELS.explorer,
      ({ runFolder }) => runFolder,
      () => this.#load(),
    );
    this.#command = commands.registerCommand(COMMANDS.exploreLatents, async (target: unknown) => {
      try {
        await this.#explore(target);
      } catch (error) {
        showFailure(host, error);
      }
    });
  }

  dispose(): void {
    this.#command.dispose();
    this.#pages.dispose();
  }

  async #explore(target: unknown): Promise<void> {
    const runFolder = await runFolderFor(this.#host, target, l10n.t('Explore Latents'), {
      none: l10n.t('No run has a checkpoint with latents to explore.'),
      fits: canExplore,
    });
    if (runFolder === undefined) return;
    const step = target instanceof CheckpointNode ? { step: target.checkpoint.step } : {};
    const at: ExplorerTarget = { runFolder: resolve(runFolder), ...step };
    const open = this.#pages.find(at);
    await this.#pages.show(at);
    if (at.step !== undefined) open?.load(at.step);
  }

  async #load(): Promise<PageFactory<ExplorerTarget, ExplorerPanel>> {
    const [{ createExplorerPanel, ExplorerPanel }, { runInState }] = await Promise.all([
      import('./explorer-panel'),
      import('./page-messages'),
    ]);
    return {
      targetIn: runInState,
      createPanel: (target) => createExplorerPanel(this.#host, target),
      open: (panel, target) => new ExplorerPanel(panel, this.#host, target),
    };
  }
}
