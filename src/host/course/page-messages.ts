/** The messages that the course page may send, and the lesson in its kept state. */
import * as z from 'zod';
import type { FromCoursePage } from '../../shared/course-protocol';

const number = z.int().min(0).max(99);

export const coursePageMessage: z.ZodType<FromCoursePage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('open'), lesson: z.string() }),
  z.object({ type: z.literal('predict'), question: number, choice: number }),
  z.object({ type: z.literal('answer'), question: number, text: z.string().max(20_000) }),
  z.object({ type: z.literal('start'), experiment: z.string() }),
  z.object({ type: z.literal('edit'), experiment: z.string() }),
  z.object({ type: z.literal('openRun'), folder: z.string() }),
  z.object({ type: z.literal('compare'), experiments: z.array(z.string()).min(2) }),
  z.object({ type: z.literal('report') }),
  z.object({ type: z.literal('picture'), name: z.string() }),
]);

const state = z.object({ lesson: z.string() });

/** Undefined for a page that was closed before it had shown a lesson. */
export function lessonInState(kept: unknown): string | undefined {
  return state.safeParse(kept).data?.lesson;
}
