// `npm run docs`: writes docs/parts, a page for each kind of part, and docs/troubleshooting.md, from what the code says.
import { run } from './ensure-installed.mjs';

run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'src/documentation'], {
  shell: false,
  env: { ...process.env, WRITE_DOCS: '1' },
});
