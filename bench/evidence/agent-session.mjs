// What an assistant does over the Model Context Protocol, as a fixed script without a model: it trains the textbook's GAN on
// Fashion-MNIST, reads why that fails, applies the suggested change, and compares the scores. Prints the transcript.
//   node bench/evidence/agent-session.mjs [steps]      (700 steps for each run by default)
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { example, GAN, temporaryFolder } from './gan.mjs';

const [steps = '700'] = process.argv.slice(2);
const NAME = 'fashion-textbook';

const folder = temporaryFolder();
cpSync(example(NAME), join(folder, basename(example(NAME))));
const client = new Client({ name: 'agent-session', version: '1.0.0' });
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [GAN, 'mcp', folder],
    env: { ...process.env },
    stderr: 'inherit',
  }),
);

/** Calls a tool, prints the call and the part of the answer that `shown` selects, and returns the answer. */
async function call(name, args, shown = (answer) => answer) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const texts = content.filter(({ type }) => type === 'text').map(({ text }) => text);
  console.log(`\n> ${name} ${JSON.stringify(args)}`);
  if (isError) throw new Error(texts.join(' '));
  const answer = JSON.parse(texts.at(-1));
  const pictures = content.filter(({ type }) => type === 'image').length;
  console.log(`${JSON.stringify(shown(answer))}${pictures > 0 ? ' + 1 picture' : ''}`);
  return answer;
}

/** Trains an experiment to its end. */
async function train(experiment) {
  const { run } = await call('start_training', { experiment });
  for (;;) {
    const { content } = await client.callTool({ name: 'wait_for_run', arguments: { run } });
    const state = JSON.parse(content.at(-1).text);
    if (state.ended) break;
  }
  return run;
}

const scored = {
  'length.steps': Number(steps),
  evaluation: { every: Math.floor(Number(steps) / 2), metrics: ['fid'], budgetShare: 1 },
};
const facts = ({ run, status, step, best, findings }) => ({ run, status, step, best, findings });

await call('list_experiments', {});
await call('create_experiment', { from: NAME, name: 'first', changes: scored });
const first = await train('first');
await call('view_samples', { run: first }, ({ run, step }) => ({ run, step }));
const read = await call('read_run', { run: first, config: false }, facts);
const finding = read.findings?.find(({ suggestions }) => suggestions?.length > 0);
if (finding === undefined) throw new Error('the run has no finding with a suggestion');
const [{ title, changes }] = finding.suggestions;
console.log(`\n(${finding.title}: ${finding.message} Suggested: ${title}.)`);
await call('create_experiment', { from: 'first', name: 'second', changes });
const second = await train('second');
await call('view_samples', { run: second }, ({ run, step }) => ({ run, step }));
await call('compare_runs', { runs: [first, second] }, ({ runs }) =>
  runs.map(({ run, best, settings, findings }) => ({ run, fid: best?.value, settings, findings })),
);
await client.close();
