// Loaded into every process of VS Code by NODE_OPTIONS: the extension host among them writes how late its event loop is,
// each second, for bench/evidence/editor.mjs to read.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const RESOLUTION_MS = 5;
const file = process.env.GAN_WORKBENCH_EVENT_LOOP_FILE;
if (file !== undefined && process.argv.some((argument) => argument.includes('extensionHost'))) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  setInterval(() => {
    const second = {
      p50Ms: late(delay.percentile(50)),
      p99Ms: late(delay.percentile(99)),
      maxMs: late(delay.max),
    };
    delay.reset();
    appendFileSync(file, `${JSON.stringify(second)}\n`);
  }, 1000).unref();
}
