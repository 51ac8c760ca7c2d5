/** Asks for the duration, the frame rate and the file of an animation. */
import { basename, dirname, extname, join } from 'node:path';
import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import { type AnimationForm, MAX_ANIMATION_FRAMES } from '../../shared/explorer-protocol';

const SECONDS = 8;
const MAX_SECONDS = 60;
/** The first is proposed, where it is not too many. */
const RATES = [20, 30, 10];

interface RateItem extends QuickPickItem {
  readonly perSecond: number;
}

/** Undefined if the user cancels. */
export async function askForAnimation(
  runFolder: string,
): Promise<{ readonly form: AnimationForm; readonly file: Uri } | undefined> {
  const title = l10n.t('Save Animation');
  const duration = await window.showInputBox({
    title,
    prompt: l10n.t('Duration of the loop in seconds'),
    value: String(SECONDS),
    validateInput: (text) =>
      Number(text) >= 1 && Number(text) <= MAX_SECONDS
        ? undefined
        : l10n.t('Enter a number from 1 to {0}.', MAX_SECONDS),
  });
  if (duration === undefined) return undefined;
  const seconds = Number(duration);
  const rates = RATES.filter((perSecond) => seconds * perSecond <= MAX_ANIMATION_FRAMES);
  const rate = await window.showQuickPick(
    rates.map((perSecond): RateItem => ({ label: l10n.t('{0} frames per second', perSecond), perSecond })),
    { title, placeHolder: l10n.t('Choose the frame rate') },
  );
  if (rate === undefined) return undefined;
  const file = await window.showSaveDialog({
    title,
    // Next to the `gan-runs` folder: only the run itself writes in a run folder.
    defaultUri: Uri.file(join(dirname(dirname(runFolder)), `${basename(runFolder)}-latents.webp`)),
    filters: { [l10n.t('Animated picture')]: ['webp', 'gif'] },
  });
  if (file === undefined) return undefined;
  const encoding = extname(file.fsPath).toLowerCase() === '.gif' ? 'gif' : 'webp';
  return { form: { encoding, seconds, perSecond: rate.perSecond }, file };
}
