/** The image whose latent is to be found: chosen in a dialog, or dropped on the page. */
import { l10n, Uri, window } from 'vscode';
import { WorkbenchError } from '../../shared/errors';
import type { Dropped } from '../../shared/translation-protocol';
import { IMAGE_ENDINGS } from '../commands/apply-to-images';
import type { Services } from '../host';
import { placeDropped } from '../translation/dropped-images';

/** What was dropped is not one image. */
class SeveralImagesError extends WorkbenchError {}

/** Returns its path; undefined if the user cancels. */
export async function askForImage(): Promise<string | undefined> {
  const [image] =
    (await window.showOpenDialog({
      title: l10n.t('Invert Image'),
      openLabel: l10n.t('Invert'),
      filters: { [l10n.t('Images')]: IMAGE_ENDINGS },
    })) ?? [];
  return image?.fsPath;
}

/** Returns the path of the image, or of a copy. Throws `SeveralImagesError`, `DropError` and errors of the file system. */
export async function placeDroppedImage(
  { storage }: Pick<Services, 'storage'>,
  dropped: Dropped,
): Promise<string> {
  const { length } = dropped.kind === 'files' ? dropped.files : dropped.uris;
  if (length > 1) throw severalImages();
  const { path, isFolder } = await placeDropped(dropped, Uri.joinPath(storage, 'dropped-images').fsPath);
  if (isFolder) throw severalImages();
  return path;
}

function severalImages(): SeveralImagesError {
  return new SeveralImagesError(
    l10n.t('Only one image can be inverted at a time.'),
    l10n.t('Drop one image.'),
  );
}
