/**
 * A tool for assistants. To add one, create a file in `tools` and list it in `registry.ts` and its name in
 * `src/shared/agent-tools.ts`: both `gan mcp` and the editor offer it. Answers are short and typed, long lists come in
 * pages, and paths are relative to the workspace.
 */
import * as z from 'zod';
import type { AgentToolName } from '../shared/agent-tools';
import type { LocalizableText } from '../shared/localizable-text';
import type { ConfigValue } from '../shared/run-format';
import type { AgentWorkspace } from './agent-workspace';
import type { Trainer } from './trainer';

/** The effect of a call on the workspace. The user confirms all but `reads` where the client can ask. */
export type ToolEffect = 'reads' | 'writes' | 'trains' | 'stops';

export interface ToolContext {
  readonly workspace: AgentWorkspace;
  readonly trainer: Trainer;
  /** Aborted when the call is cancelled. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly value: Readonly<Record<string, ConfigValue>>;
  readonly picture?: { readonly png: Uint8Array; readonly caption: string };
}

export interface AgentTool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: AgentToolName;
  readonly title: string;
  /** For the assistant: what it returns, and when to use it. */
  readonly description: string;
  readonly effect: ToolEffect;
  readonly input: Input;
  /** Asks the user, in one sentence, whether to do it; for tools that do more than read. */
  confirmation?(input: z.output<Input>): LocalizableText;
  /** Throws `WorkbenchError` with what to do instead. */
  run(input: z.output<Input>, context: ToolContext): Promise<Answer>;
}

/** Identity function that ties a tool's input type to its functions. */
export function defineTool<Input extends z.ZodObject>(tool: AgentTool<Input>): AgentTool<Input> {
  return tool;
}

/** The value as plain JSON, without keys whose value is undefined. */
export function asJson(value: object): Answer['value'] {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(value)));
}

/** Input of tools with long lists. */
export const pageInput = {
  offset: z.int().min(0).default(0).describe('Number of entries to skip.'),
  limit: z.int().min(1).max(100).default(20).describe('Number of entries to return.'),
};

/** One page of a list, and where the next one begins. */
export function pageOf<Item>(
  items: readonly Item[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
) {
  const end = offset + limit;
  return {
    total: items.length,
    items: items.slice(offset, end),
    ...(end < items.length ? { nextOffset: end } : {}),
  };
}

/** Four digits are enough to judge by. */
export function short(value: number): number {
  return Number(value.toPrecision(4));
}

export const runInput = z
  .string()
  .min(1)
  .describe('The run: its path as list_runs returns it, or only its name or number, such as "00012".');
