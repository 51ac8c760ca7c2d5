/** The tools for assistants as a server of the Model Context Protocol. */
import { McpServer } from '@modelcontextprotocol/server';
import type { AgentWorkspace } from '../../agent/agent-workspace';
import { callTool, type Outcome } from '../../agent/call-tool';
import { agentTools } from '../../agent/registry';
import type { ToolEffect } from '../../agent/tool';
import type { Trainer } from '../../agent/trainer';
import { packageVersion } from '../../shared/package-root';

const INSTRUCTIONS =
  'Trains generative adversarial networks (GANs) and examines their runs. An experiment is a *.gan.json file, a run is one training of it. Begin with list_experiments and list_runs. Judge a run by its scores, its findings and its samples, never by its losses alone.';

export function mcpServer(workspace: AgentWorkspace, trainer: Trainer): McpServer {
  const server = new McpServer(
    { name: 'gan-workbench', title: 'GAN Workbench', version: packageVersion() },
    { instructions: INSTRUCTIONS },
  );
  for (const tool of agentTools) {
    const { name, title, description, effect, input } = tool;
    server.registerTool(
      name,
      { title, description, inputSchema: input, annotations: { title, ...hintsOf(effect) } },
      async (args, { mcpReq }) => {
        const context = { workspace, trainer, signal: mcpReq.signal };
        return resultOf(await callTool(tool, args, context));
      },
    );
  }
  return server;
}

/** Hints by which a client decides whether to ask the user. */
function hintsOf(effect: ToolEffect) {
  return {
    readOnlyHint: effect === 'reads',
    destructiveHint: effect === 'stops',
    idempotentHint: effect === 'reads' || effect === 'stops',
    openWorldHint: false,
  };
}

function resultOf(outcome: Outcome) {
  if ('refusal' in outcome)
    return { content: [{ type: 'text' as const, text: outcome.refusal }], isError: true };
  const { value, picture } = outcome.answer;
  const text = { type: 'text' as const, text: JSON.stringify(value) };
  if (picture === undefined) return { content: [text] };
  return {
    content: [
      { type: 'text' as const, text: picture.caption },
      { type: 'image' as const, data: Buffer.from(picture.png).toString('base64'), mimeType: 'image/png' },
      text,
    ],
  };
}
