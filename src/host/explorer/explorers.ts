/** Every open latent explorer, one for each run, brought back by VS Code after a reload, and the command that opens one. */
import { resolve } from 'node:path';
import { commands, type Disposable, l10n, type WebviewPanel, window } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import { runFolderFor } from '../commands/run-target';
import { CheckpointNode } from '../experiments/nodes';
import { canExplore } from '../experiments/run-state';
import type { Host } from '../host';
import { showFailure } from '../offer';
import type { ExplorerPanel, ExplorerTarget } from './explorer-panel';

type PanelModule = typeof import('./explorer-panel');

export class Explorers implements Disposable {
  readonly #host: Host;
  readonly #panels = new Map<string, ExplorerPanel>();
  readonly #subscriptions: readonly Disposable[];

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = [
      window.registerWebviewPanelSerializer(PANELS.explorer, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const { runInState } = await import('./page-messages');
          const target = runInState(state);
          if (target === undefined) panel.dispose();
          else this.#adopt(await import('./explorer-panel'), panel, target);
        },
      }),
      commands.registerCommand(COMMANDS.exploreLatents, async (target: unknown) => {
        try {
          await this.#explore(target);
        } catch (error) {
          showFailure(host, error);
        }
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  async #explore(target: unknown): Promise<void> {
    const runFolder = await runFolderFor(this.#host, target, l10n.t('Explore Latents'), {
      none: l10n.t('No run has a checkpoint with latents to explore.'),
      fits: canExplore,
    });
    if (runFolder === undefined) return;
    const step = target instanceof CheckpointNode ? { step: target.checkpoint.step } : {};
    await this.#open({ runFolder: resolve(runFolder), ...step });
  }

  async #open(target: ExplorerTarget): Promise<void> {
    const existing = this.#panels.get(target.runFolder);
    if (existing !== undefined) {
      existing.reveal();
      if (target.step !== undefined) existing.load(target.step);
      return;
    }
    const module = await import('./explorer-panel');
    this.#adopt(module, module.createExplorerPanel(this.#host, target), target);
  }

  #adopt({ ExplorerPanel }: PanelModule, panel: WebviewPanel, target: ExplorerTarget): void {
    const { runFolder } = target;
    this.#panels.get(runFolder)?.dispose();
    const explorer = new ExplorerPanel(panel, this.#host, target);
    this.#panels.set(runFolder, explorer);
    explorer.onDidDispose(() => {
      if (this.#panels.get(runFolder) === explorer) this.#panels.delete(runFolder);
    });
  }
}
