// An extension beside ours, and so in the same extension host: it writes how late the event loop of both is, each second,
// for bench/evidence/editor.mjs to read.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const RESOLUTION_MS = 5;

exports.activate = () => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  // A timer that is not late fires after its whole period.
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  setInterval(() => {
    const second = {
      p50Ms: late(delay.percentile(50)),
      p99Ms: late(delay.percentile(99)),
      maxMs: late(delay.max),
    };
    delay.reset();
    appendFileSync(process.env.GAN_WORKBENCH_EVENT_LOOP_FILE, `${JSON.stringify(second)}\n`);
  }, 1000);
};
