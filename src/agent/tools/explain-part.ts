import * as z from 'zod';
import { partKinds } from '../../documentation/kinds';
import { partText } from '../../documentation/page';
import { localizable } from '../../shared/localizable-text';
import { AgentError } from '../agent-workspace';
import { asJson, defineTool } from '../tool';

export const explainPart = defineTool({
  name: 'explain_part',
  title: 'Explain Part',
  description:
    'Explains what an experiment can name: models, networks, objectives, regularisers, augmentations, data sources and others, with paper, formula and options. Without a name it lists all of them.',
  effect: 'reads',
  input: z.strictObject({
    name: z.string().optional().describe('Name of the part, such as "r1" or "dcgan".'),
  }),
  run: async ({ name }) => {
    if (name === undefined)
      return {
        value: asJson({
          kinds: partKinds.map(({ title, parts }) => ({
            kind: title,
            names: parts.map((part) => part.name),
          })),
        }),
      };
    const found = partKinds.flatMap((kind) =>
      kind.parts
        .filter((part) => part.name === name)
        .map((part) => ({ kind: kind.title, usage: kind.usage(name), text: partText(kind, part) })),
    );
    if (found.length === 0)
      throw new AgentError(
        localizable('There is no part {0}.', JSON.stringify(name)),
        localizable('{0} without a name lists all parts.', 'explain_part'),
      );
    return { value: asJson({ name, parts: found }) };
  },
});
