/** Names of the tools for assistants: the editor registers them at activation, before their code is loaded. */
export const AGENT_TOOL_NAMES = [
  'list_experiments',
  'list_runs',
  'read_run',
  'view_samples',
  'compare_runs',
  'read_sweep',
  'explain_part',
  'wait_for_run',
  'create_experiment',
  'start_training',
  'resume_training',
  'stop_training',
  'start_sweep',
  'stop_sweep',
] as const;
export type AgentToolName = (typeof AGENT_TOOL_NAMES)[number];

/** Begins the names of language-model tools, which all extensions of the editor share. */
export const TOOL_PREFIX = 'gan_';
