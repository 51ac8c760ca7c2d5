/** *Report…* on the course page: writes a page to hand in about a lesson, as `gan course report` does. */
import { basename, dirname, join } from 'node:path';
import { env, l10n, Uri, window } from 'vscode';
import { languageOf } from '../../shared/language';
import { type GanHost, ganWithProgress } from '../commands/gan-progress';

/**
 * @param courseFolder with the student's copies and answers
 * @param title of the lesson
 */
export async function reportLesson(
  host: GanHost,
  lesson: { readonly id: string; readonly title: string },
  courseFolder: string,
): Promise<void> {
  const title = l10n.t('Report: {0}', lesson.title);
  const author = await window.showInputBox({
    title,
    prompt: l10n.t('Your name, which the report shows; may be empty'),
  });
  if (author === undefined) return;
  const folder = dirname(courseFolder);
  const place = await window.showSaveDialog({
    title,
    defaultUri: Uri.file(join(folder, `${lesson.id}.html`)),
    filters: { [l10n.t('HTML page')]: ['html'] },
  });
  if (place === undefined) return;
  const isDone = await ganWithProgress(host, {
    title,
    args: [
      ...['course', 'report', lesson.id, folder, '--out', place.fsPath],
      ...['--lang', languageOf(env.language)],
      ...(author.trim() === '' ? [] : ['--author', author.trim()]),
      // The dialog has already asked whether to replace an existing file.
      '--force',
    ],
  });
  if (!isDone) return;
  const browser = l10n.t('Open in Browser');
  const told = l10n.t('Saved {0}. To get a PDF, open it in a browser and print it.', basename(place.fsPath));
  if ((await window.showInformationMessage(told, browser)) === browser) await env.openExternal(place);
}
