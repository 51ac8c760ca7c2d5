/** Connects the course page to the extension host. */
import type { CoursePageState, FromCoursePage, ToCoursePage } from '../../src/shared/course-protocol';
import { connectToHost } from '../shared/host-connection';

export const {
  send,
  keep,
  state: kept,
  listen,
} = connectToHost<FromCoursePage, ToCoursePage, CoursePageState>();
