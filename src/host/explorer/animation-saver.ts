/** Saves animations of the latent explorer, one at a time: its process makes one, and drops it for a newer one. */
import { basename } from 'node:path';
import { l10n, ProgressLocation, type Uri, window, workspace } from 'vscode';
import type { AnimationForm, LatentPlace, ToExplorer } from '../../shared/explorer-protocol';
import { isWritingAllowed } from '../is-writing-allowed';
import { countText } from '../quantities';
import { tellSaved } from '../saved-file';
import { askForAnimation } from './animation-form';

interface PendingAnimation {
  report(done: number, total: number): void;
  end(bytes?: Uint8Array): void;
}

export interface AnimationHost {
  /** Absolute path. */
  readonly runFolder: string;
  /** To the process of the explorer. */
  send(message: ToExplorer): void;
  /** Shows an error. */
  fail(error: unknown): void;
}

export class AnimationSaver {
  readonly #host: AnimationHost;
  /** From the first question on: a second dialog would replace what the first one asked for. */
  #isBusy = false;
  #pending: PendingAnimation | undefined;

  constructor(host: AnimationHost) {
    this.#host = host;
  }

  /** Asks for form and file. Does nothing while another animation is being asked for or made. */
  async save(places: readonly LatentPlace[]): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const file = await this.#saved(places).finally(() => {
        this.#isBusy = false;
      });
      if (file !== undefined) await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
    } catch (error) {
      this.#host.fail(error);
    }
  }

  /** Returns the file; undefined if there is none. */
  async #saved(places: readonly LatentPlace[]): Promise<Uri | undefined> {
    if (!(await isWritingAllowed())) return undefined;
    const asked = await askForAnimation(this.#host.runFolder);
    if (asked === undefined) return undefined;
    const { form, file } = asked;
    const bytes = await this.#made(places, form, basename(file.fsPath));
    if (bytes === undefined) return undefined;
    await workspace.fs.writeFile(file, bytes);
    return file;
  }

  report(done: number, total: number): void {
    this.#pending?.report(done, total);
  }

  /** Without bytes if it was cancelled or has failed. */
  end(bytes?: Uint8Array): void {
    this.#pending?.end(bytes);
  }

  /** Undefined if the user cancels, or the process ends. */
  async #made(
    places: readonly LatentPlace[],
    form: AnimationForm,
    name: string,
  ): Promise<Uint8Array | undefined> {
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t('Saving {0}', name),
      cancellable: true,
    };
    const made = await window.withProgress(
      options,
      (progress, token) =>
        new Promise<Uint8Array | undefined>((resolve) => {
          token.onCancellationRequested(() => this.#host.send({ type: 'cancelAnimation' }));
          let reached = 0;
          this.#pending = {
            report(done, total) {
              const percent = (100 * done) / total;
              progress.report({
                message: `${countText(done)}/${countText(total)}`,
                increment: percent - reached,
              });
              reached = percent;
            },
            end: resolve,
          };
          this.#host.send({ type: 'animate', places, ...form });
        }),
    );
    this.#pending = undefined;
    return made;
  }
}
