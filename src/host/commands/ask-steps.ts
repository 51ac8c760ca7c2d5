/** Asks for the last step of a run. */
import { l10n, window } from 'vscode';
import { countText } from '../quantities';

/** Upper limit on the steps of an experiment. */
const MAX_STEPS = 1e9;

interface StepsQuestion {
  readonly title: string;
  readonly prompt: string;
  /** Steps already trained: fewer would train nothing. */
  readonly done: number;
  readonly suggested: number;
}

/** Undefined if the user cancels. */
export async function askSteps({
  title,
  prompt,
  done,
  suggested,
}: StepsQuestion): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title,
    prompt,
    value: String(Math.min(suggested, MAX_STEPS)),
    validateInput: (text) =>
      /^\d+$/.test(text.trim()) && Number(text) > done && Number(text) <= MAX_STEPS
        ? undefined
        : l10n.t('Enter a whole number above {0}.', countText(done)),
  });
  return answer === undefined ? undefined : Number(answer);
}
