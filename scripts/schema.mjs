// `npm run schema`: writes schemas/gan-experiment.schema.json from the config's zod schema.
import { run } from './ensure-installed.mjs';

run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'src/config/json-schema.test.ts'], {
  shell: false,
  env: { ...process.env, WRITE_SCHEMA: '1' },
});
