/**
 * The tools for assistants as the editor uses them. It is a separate bundle, loaded when a tool is first called: it needs
 * the schema of experiments with all parts, which most windows never do.
 */
import { AgentWorkspace, type WorkspaceRoot } from '../../agent/agent-workspace';
import { callTool, type Outcome } from '../../agent/call-tool';
import { agentTools } from '../../agent/registry';
import type { AgentTool } from '../../agent/tool';
import type { Trainer } from '../../agent/trainer';
import type { LocalizableText } from '../../shared/localizable-text';

export interface AgentCall {
  readonly name: string;
  readonly input: unknown;
  readonly roots: readonly WorkspaceRoot[];
  readonly trainer: Trainer;
  readonly signal: AbortSignal;
}

export interface AgentService {
  call(call: AgentCall): Promise<Outcome>;
  /** Asks the user in one sentence whether to do it; undefined for a tool that only reads, and for invalid input. */
  confirmation(name: string, input: unknown): LocalizableText | undefined;
}

function toolNamed(name: string): AgentTool {
  const tool = agentTools.find((one) => one.name === name);
  if (tool === undefined) throw new RangeError(`there is no tool ${name}`);
  return tool;
}

export async function call({ name, input, roots, trainer, signal }: AgentCall): Promise<Outcome> {
  return await callTool(toolNamed(name), input, { workspace: new AgentWorkspace(roots), trainer, signal });
}

export function confirmation(name: string, input: unknown): LocalizableText | undefined {
  const tool = toolNamed(name);
  const { data } = tool.input.safeParse(input);
  return data === undefined ? undefined : tool.confirmation?.(data);
}
