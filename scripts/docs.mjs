// `npm run docs`: writes docs/parts, a page for each kind of part, from the parts' own descriptions and options.
import { run } from './ensure-installed.mjs';

run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'src/documentation/pages.test.ts'], {
  shell: false,
  env: { ...process.env, WRITE_DOCS: '1' },
});
