/** Judges the goals of a lesson by the runs in a student's copy of it. */
import type { Goal, GoalResult, LessonRuns } from './goals/goal';
import type { Lesson } from './lesson';
import { LessonRunsReader } from './lesson-folder';

export interface CheckedGoal extends GoalResult {
  readonly title: Goal['title'];
  /** Whether one of its experiments has a run. */
  readonly isStarted: boolean;
}

export function checkGoals({ goals }: Lesson, runs: LessonRuns): readonly CheckedGoal[] {
  return goals.map((goal) => ({
    title: goal.title,
    ...goal.check(runs),
    isStarted: goal.experiments.some((name) => runs.has(name)),
  }));
}

/** @param folder the student's copy of the lesson, which need not exist */
export async function checkLesson(lesson: Lesson, folder: string): Promise<readonly CheckedGoal[]> {
  return checkGoals(lesson, await new LessonRunsReader(folder).read());
}
