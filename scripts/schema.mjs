// `npm run schema`: writes schemas/gan-experiment.schema.json from the config's zod schema.
import { fileURLToPath } from 'node:url';
import { runOrExit } from './dependencies.mjs';

runOrExit(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'src/config/json-schema.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, WRITE_SCHEMA: '1' },
});
