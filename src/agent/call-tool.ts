/** Calls a tool with unchecked input. Errors become answers that tell the assistant what to do. */
import { problemsOf } from '../config/issues';
import { pathText } from '../config/json-path';
import { describeError, WorkbenchError } from '../shared/errors';
import { formatText } from '../shared/localizable-text';
import type { AgentTool, Answer, ToolContext } from './tool';

export type Outcome = { readonly answer: Answer } | { readonly refusal: string };

/** Throws only if the call is cancelled. */
export async function callTool(tool: AgentTool, input: unknown, context: ToolContext): Promise<Outcome> {
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) {
    const problems = problemsOf(tool.input, input).map(
      ({ path, message }) => `${pathText(path)}: ${formatText(message)}`,
    );
    return { refusal: `The input of ${tool.name} is not valid. ${problems.join(' ')}` };
  }
  try {
    return { answer: await tool.run(parsed.data, context) };
  } catch (error) {
    if (context.signal.aborted) throw error;
    const text = error instanceof WorkbenchError ? `${error.message} ${error.remedy}` : describeError(error);
    return { refusal: context.workspace.shorten(text) };
  }
}
