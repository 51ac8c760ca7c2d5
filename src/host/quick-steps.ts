/** A sequence of questions with a button that goes back to the previous one. */
import { QuickInputButtons, type QuickPickItem, window } from 'vscode';

export interface QuickChoice<Value> extends QuickPickItem {
  readonly value: Value;
}

export interface Question<Answers, Value> {
  readonly placeholder: string;
  readonly items: readonly QuickChoice<Value>[];
  /** Returns the answers with this one added. */
  answered(answers: Answers, value: Value): Answers;
}

/** A question that hides the type of its value. */
export type Step<Answers> = (answers: Answers, place: Place) => Promise<Answers | 'back' | undefined>;

interface Place {
  readonly title: string;
  /** Starts from 1. */
  readonly step: number;
  readonly totalSteps: number;
}

export function question<Answers, Value>(asked: Question<Answers, Value>): Step<Answers> {
  return async (answers, { title, step, totalSteps }) => {
    const picker = window.createQuickPick<QuickChoice<Value>>();
    Object.assign(picker, { title, step, totalSteps, placeholder: asked.placeholder, items: asked.items });
    picker.matchOnDetail = true;
    // Users may look something up between two questions.
    picker.ignoreFocusOut = true;
    if (step > 1) picker.buttons = [QuickInputButtons.Back];
    try {
      return await new Promise((resolve) => {
        picker.onDidTriggerButton(() => resolve('back'));
        picker.onDidHide(() => resolve(undefined));
        picker.onDidAccept(() => {
          const [chosen] = picker.activeItems;
          if (chosen !== undefined) resolve(asked.answered(answers, chosen.value));
        });
        picker.show();
      });
    } finally {
      picker.dispose();
    }
  };
}

/** Asks the questions in order; undefined if the user cancels. */
export async function askInSteps<Answers>(
  title: string,
  first: Answers,
  steps: readonly Step<Answers>[],
): Promise<Answers | undefined> {
  const given = [first];
  for (;;) {
    const answers = given.at(-1);
    const ask = steps[given.length - 1];
    if (answers === undefined || ask === undefined) return answers;
    const answer = await ask(answers, { title, step: given.length, totalSteps: steps.length });
    if (answer === undefined) return undefined;
    if (answer === 'back') given.pop();
    else given.push(answer);
  }
}
