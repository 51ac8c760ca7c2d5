/** The JSON schema of experiment files, for editors: made from the same zod schema that validates them. */
import * as z from 'zod';
import { experimentInput } from './schema';

/** Draft 7, which VS Code understands, of what a person writes. */
export function experimentJsonSchema(): object {
  return {
    ...z.toJSONSchema(experimentInput, { target: 'draft-7', io: 'input' }),
    title: 'GAN Workbench experiment',
    allowComments: true,
    allowTrailingCommas: true,
  };
}

export const JSON_SCHEMA_FILE = 'schemas/gan-experiment.schema.json';

/** The file's text as it stands in the repository. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(experimentJsonSchema(), undefined, 2)}\n`;
}
