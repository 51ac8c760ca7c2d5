import { expect, it } from 'vitest';
import { AGENT_TOOL_NAMES } from '../shared/agent-tools';
import { agentTools } from './registry';

it('has every tool that the editor registers, and asks before any of them does more than read', () => {
  expect(agentTools.map(({ name }) => name)).toEqual([...AGENT_TOOL_NAMES]);
  for (const { name, effect, confirmation } of agentTools)
    expect(confirmation === undefined, name).toBe(effect === 'reads');
});
