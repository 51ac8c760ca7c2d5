import { describe, expect, it } from 'vitest';
import { lessonText, readLessons } from './lesson';
import { NO_PROGRESS } from './progress';
import { answeredQuestions } from './questions';

const TEXT = `# A lesson

What will happen?

- [ ] It rises
  slowly.
- [ ] It falls.

✎ Why does
it fall?

- an ordinary list

<details>
<summary>More</summary>

Which one is better?

- [ ] This
- [ ] That

</details>

✎ And now?
`;

it('has the answers beside the questions, in the order of the text', () => {
  const progress = { predictions: { 0: 0, 1: 1 }, answers: { 1: ' Because.\nIt must. ' } };
  expect(answeredQuestions(TEXT, progress)).toEqual([
    { question: 'What will happen?', choices: ['It rises slowly.', 'It falls.'], answer: 'It rises slowly.' },
    { question: 'Why does it fall?' },
    { question: 'Which one is better?', choices: ['This', 'That'], answer: 'That' },
    { question: 'And now?', answer: 'Because.\nIt must.' },
  ]);
});

describe('the lessons', async () => {
  it.each(await readLessons())('$id has questions, the same in both languages', async (lesson) => {
    const [english = [], chinese = []] = await Promise.all(
      ['en', 'zh-cn'].map(async (language) =>
        answeredQuestions(await lessonText(lesson, language), NO_PROGRESS),
      ),
    );
    expect(english.length).toBeGreaterThan(0);
    expect(chinese.map(({ choices }) => choices?.length)).toEqual(
      english.map(({ choices }) => choices?.length),
    );
    for (const { question } of [...english, ...chinese]) expect(question).toMatch(/^[^#<]/);
  });
});
