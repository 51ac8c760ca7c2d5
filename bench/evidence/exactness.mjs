// Compares 200 steps in one go with 100 steps, a resume and 100 more, then a run that is killed 20 times with one that
// is not.
//   node bench/evidence/exactness.mjs
import { example, gan, metrics, newest, runFolder, sha256, start, temporaryFolder } from './gan.mjs';

const out = temporaryFolder();
const digits = example('digits-dcgan');

const straight = runFolder(gan('train', digits, '--steps', '200', '--out', out));
const halves = runFolder(gan('train', digits, '--steps', '100', '--out', out));
gan('resume', halves, '--steps', '200');
const [a, b] = [straight, halves].map((folder) => sha256(newest(folder, 'checkpoints')));
console.log(`200 steps straight:    ${a}`);
console.log(`100 + resume + 100:    ${b}`);
console.log(a === b ? 'byte-identical' : 'DIFFERENT');

const KILLS = 20;
const STEPS = 400;
const settings = ['--set', 'logging.checkpointEvery=20', '--set', 'logging.sampleEvery=25'];
const whole = runFolder(gan('train', digits, '--steps', String(STEPS), '--out', out, ...settings));

// Kill times come from a seeded generator: milliseconds after the first output.
let state = 12345;
const random = () => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return state / 2 ** 32;
};
let folder;
let kills = 0;
let ended;
while (ended !== 0) {
  const args =
    folder === undefined
      ? ['train', digits, '--steps', String(STEPS), '--out', out, ...settings]
      : ['resume', folder];
  let armed = false;
  ended = await start(args, (object, child) => {
    if (object.type === 'run') folder = object.folder;
    if (armed || kills >= KILLS || object.type === 'end') return;
    armed = true;
    const delay = 100 + random() * 2400;
    setTimeout(() => child.kill('SIGKILL'), delay);
  });
  if (ended === 'SIGKILL') kills++;
  else if (ended !== 0) throw new Error(`gan ended with ${ended} after ${kills} kills`);
}
const steps = metrics(folder)
  .filter(({ type }) => type === 'step')
  .map(({ step }) => step);
const contiguous = steps.length === STEPS && steps.every((step, i) => step === i + 1);
const same = sha256(newest(folder, 'checkpoints')) === sha256(newest(whole, 'checkpoints'));
console.log(
  `killed ${kills} times: ${steps.length} step records, ${contiguous ? 'no gap and no duplicate' : 'NOT contiguous'}`,
);
console.log(`last checkpoint against the undisturbed run: ${same ? 'byte-identical' : 'DIFFERENT'}`);
process.exit(a === b && contiguous && same ? 0 : 1);
