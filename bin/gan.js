#!/usr/bin/env node
// What npm links as `gan`. It exists before anything is built, since npm keeps a link to a missing file broken for good.
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

const bundle = join(__dirname, '..', 'dist', 'gan.cjs');
if (existsSync(bundle)) require(bundle);
else {
  console.error(
    [
      'gan has not been built yet.',
      `Run \`npm ci && npm run build\` in ${resolve(__dirname, '..')} first, or \`npm run demo\`, which also trains an example.`,
    ].join('\n'),
  );
  process.exitCode = 1;
}
