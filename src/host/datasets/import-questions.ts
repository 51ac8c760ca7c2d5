/** Questions about an import that only the user can answer. */
import { l10n } from 'vscode';
import { askInSteps, question, type Step } from '../quick-steps';

export interface ImportAnswers {
  readonly labels: 'folders' | 'none';
  readonly imageSize: number;
  readonly fit: 'crop' | 'letterbox' | 'stretch';
}

/** Defaults for questions that are not asked. */
const FIRST: ImportAnswers = { labels: 'none', imageSize: 64, fit: 'crop' };

function classesQuestion(classes: readonly string[]): Step<ImportAnswers> {
  const named = classes.slice(0, 5).join(', ');
  return question<ImportAnswers, ImportAnswers['labels']>({
    placeholder: l10n.t('Classes'),
    items: [
      {
        label: l10n.t('Use subfolders as classes'),
        description: classes.length > 5 ? l10n.t('{0}, …', named) : named,
        detail: l10n.t('The generator creates images of a chosen class.'),
        value: 'folders',
      },
      {
        label: l10n.t('No classes'),
        detail: l10n.t('Ignore subfolders and train on all images together.'),
        value: 'none',
      },
    ],
    answered: (answers, value) => ({ ...answers, labels: value }),
  });
}

function sizeQuestion(): Step<ImportAnswers> {
  return question<ImportAnswers, number>({
    placeholder: l10n.t('Training image size'),
    items: [
      { label: l10n.t('{0}×{0} pixels', 64), description: l10n.t('recommended'), value: 64 },
      { label: l10n.t('{0}×{0} pixels', 32), description: l10n.t('fastest'), value: 32 },
      { label: l10n.t('{0}×{0} pixels', 128), description: l10n.t('several times slower'), value: 128 },
    ],
    answered: (answers, value) => ({ ...answers, imageSize: value }),
  });
}

function fitQuestion(): Step<ImportAnswers> {
  return question<ImportAnswers, ImportAnswers['fit']>({
    placeholder: l10n.t('Pictures that are not square'),
    items: [
      { label: l10n.t('Crop'), detail: l10n.t('Keep the square in the middle.'), value: 'crop' },
      {
        label: l10n.t('Letterbox'),
        detail: l10n.t('Keep the whole picture, between white bars.'),
        value: 'letterbox',
      },
      { label: l10n.t('Stretch'), detail: l10n.t('Scale height and width separately.'), value: 'stretch' },
    ],
    answered: (answers, value) => ({ ...answers, fit: value }),
  });
}

/** @param classes names of the sub-folders that contain images */
export async function askHowToImport(classes: readonly string[]): Promise<ImportAnswers | undefined> {
  const ofClasses = classes.length > 1 ? [classesQuestion(classes)] : [];
  const steps = [...ofClasses, sizeQuestion(), fitQuestion()];
  return await askInSteps(l10n.t('Import Dataset'), FIRST, steps);
}
