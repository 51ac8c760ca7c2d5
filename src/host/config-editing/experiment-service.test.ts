import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigError } from '../../config/config-error';
import { formatText } from '../../shared/localizable-text';
import { findProblems, resolvedText } from './experiment-service';

const folder = mkdtempSync(join(tmpdir(), 'gan-editing-'));
const file = join(folder, 'mine.gan.json');

/** Returns the marked ranges of the text with their replacements. */
async function marks(text: string): Promise<(readonly [string, string | undefined])[]> {
  const problems = await findProblems(text, file, true);
  return problems.map(({ startOffset, endOffset, replacement }) => [
    text.slice(startOffset, endOffset),
    replacement,
  ]);
}

async function messages(text: string): Promise<readonly string[]> {
  return (await findProblems(text, file, true)).map(({ message }) => formatText(message));
}

it('finds nothing in the smallest experiment', async () => {
  expect(await findProblems('{"data": {"source": "digits"}, "model": "dcgan"}', file, true)).toEqual([]);
});

it('marks the misspelt key and the misspelt name, and what replaces them leaves nothing to complain of', async () => {
  let text = '{\r\n  // mine\r\n  "data": {"source": "digts"},\r\n  "citicSteps": 2,\r\n}';
  expect(await marks(text)).toEqual([
    ['"digts"', '"digits"'],
    ['"citicSteps"', '"criticSteps"'],
  ]);
  for (const { startOffset, endOffset, replacement } of (await findProblems(text, file, true)).toReversed())
    text = text.slice(0, startOffset) + replacement + text.slice(endOffset);
  expect(await marks(text)).toEqual([]);
});

it('says where a key belongs that is known elsewhere, which no replacement in its place would mend', async () => {
  const text = '{"data": {"source": "digits"}, "checkpointEvery": 9}';
  expect(await marks(text)).toEqual([['"checkpointEvery"', undefined]]);
  expect((await messages(text))[0]).toContain('Did you mean "logging.checkpointEvery"?');
});

it('marks a wrong number whole, and says what is allowed', async () => {
  const text = '{"data": {"source": "digits"}, "criticSteps": -12}';
  expect(await marks(text)).toEqual([['-12', undefined]]);
  expect((await messages(text))[0]).toBe('Expected an integer from 1 to 100, found -12.');
});

it('marks the layer of a list that does not fit the one before it', async () => {
  const layers = '[{"layer": "conv", "filters": 4}, {"layer": "dense", "units": 1}]';
  const text = `{"data": {"source": "digits"}, "discriminator": {"network": "layers", "layers": ${layers}}}`;
  const [problem] = await findProblems(text, file, true);
  expect(text.slice(problem?.startOffset).startsWith('{"layer": "dense"')).toBe(true);
  expect((await messages(text))[0]).toContain('layers[1] ("dense") receives [batch, 28, 28, 4]');
});

it('marks the run to start from where it does not exist, or is of the other kind', async () => {
  mkdirSync(join(folder, 'gan-runs', '00001-digits'), { recursive: true });
  const withFrom = (from: string): string =>
    `{"data": {"source": "digits"}, "initialise": {"from": ${JSON.stringify(from)}}}`;
  expect(await marks(withFrom('gan-runs/00001-digits'))).toEqual([]);
  expect(await marks(withFrom('gan-runs/00001-digit'))).toEqual([
    ['"gan-runs/00001-digit"', '"gan-runs/00001-digits"'],
  ]);
  expect(await messages(withFrom('step-00000010.safetensors'))).toEqual([
    `${join(folder, 'step-00000010.safetensors')} does not exist.`,
  ]);
});

it('leaves broken JSON to the editor, and marks what else is wrong', async () => {
  expect(await marks('{"data": {"source": digits}}')).toEqual([]);
  expect(await marks('// to be written')).toEqual([]);
  expect(await marks('{"sed": 1, "data": {"source": "digits"} "seed": 1,, "seed": 2}')).toEqual([
    ['"sed"', '"seed"'],
  ]);
  expect(await marks('')).toEqual([['', undefined]]);
});

it('looks for data files beside the experiment', async () => {
  writeFileSync(join(folder, 'train-images.gz'), '');
  mkdirSync(join(folder, 'train-labels'));
  writeFileSync(join(folder, 'train-label'), '');
  const text = '{"data": {"source": "idx", "images": "./train-image.gz", "labels": "train-labels"}}';
  expect(await marks(text)).toEqual([
    ['"./train-image.gz"', '"./train-images.gz"'],
    // It exists, so it is not misspelt.
    ['"train-labels"', undefined],
  ]);
  const [images, labels] = await messages(text);
  expect(images).toContain(`${join(folder, 'train-image.gz')} does not exist.`);
  expect(labels).toContain(`found a folder: ${join(folder, 'train-labels')}`);
  expect(await marks('{"data": {"source": "idx", "images": "train-images.gz"}}')).toEqual([]);
});

it('looks for no file where it is not to', async () => {
  const text = '{"data": {"source": "idx", "images": "./not-there.gz"}}';
  expect(await findProblems(text, file, false)).toEqual([]);
});

it('looks for files that options name which can also have other values', async () => {
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  writeFileSync(join(folder, 'images.npy'), '');
  writeFileSync(join(folder, 'labels.csv'), '');
  writeFileSync(join(folder, 'inception.onnx'), '');
  const labels = (written: string) =>
    marks(`{"data": {"source": "folder", "folder": "pictures", "labels": "${written}"}}`);
  expect(await labels('lables.csv')).toEqual([['"lables.csv"', '"labels.csv"']]);
  for (const right of ['none', 'folders', 'labels.csv']) expect(await labels(right)).toEqual([]);
  const arrays = (written: string) =>
    marks(`{"data": {"source": "numpy", "file": "images.npy", "labels": "${written}"}}`);
  expect(await arrays('image.npy')).toEqual([['"image.npy"', '"images.npy"']]);
  expect(await arrays('y')).toEqual([]);
  const features = (written: string) =>
    marks(`{"data": {"source": "digits"}, "evaluation": {"features": "${written}"}}`);
  expect(await features('incepton.onnx')).toEqual([['"incepton.onnx"', '"inception.onnx"']]);
  for (const right of ['auto', 'random', 'inception.onnx']) expect(await features(right)).toEqual([]);
});

it('looks for the modules of networks, and never loads them', async () => {
  writeFileSync(
    join(folder, 'nets.mjs'),
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(join(folder, 'loaded'))}, '');`,
  );
  const experiment = (module: string) =>
    `{"data": {"source": "digits"}, "generator": {"module": "${module}", "export": "generator"}}`;
  expect(await marks(experiment('./net.mjs'))).toEqual([['"./net.mjs"', '"./nets.mjs"']]);
  expect(await marks(experiment('./nets.mjs'))).toEqual([]);
  expect(JSON.parse(resolvedText(experiment('./nets.mjs'), file)).generator).toEqual({
    network: 'module',
    module: './nets.mjs',
    export: 'generator',
  });
  expect(existsSync(join(folder, 'loaded'))).toBe(false);
});

it('writes every default out, or says what is wrong', () => {
  const text = resolvedText('{"data": {"source": "digits"}, "criticSteps": 3}', file);
  expect(JSON.parse(text)).toMatchObject({ criticSteps: 3, seed: 0, generator: { network: 'dcgan' } });
  expect(() => resolvedText('{}', file)).toThrow(ConfigError);
});

it('checks sweeps with their experiment', async () => {
  const experiment = { data: { source: 'points2d' }, evaluation: { every: 100 } };
  writeFileSync(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const sweepFile = join(folder, 'toy.gan-sweep.json');
  const sweep = (parameters: object): string =>
    JSON.stringify({ experiment: 'toy.gan.json', parameters, objective: 'kid' });
  expect(await findProblems(sweep({ 'optimiser.beta1': [0.5] }), sweepFile, true)).toEqual([]);
  const [problem, ...others] = await findProblems(sweep({ 'optimiser.beta1': [0.5, 7] }), sweepFile, true);
  expect(others).toEqual([]);
  expect(problem?.startOffset).toBe(sweep({ 'optimiser.beta1': [0.5, 7] }).indexOf('7]'));
  // A sweep whose workspace is not trusted may name an experiment anywhere.
  expect(await findProblems(sweep({ odd: [1] }), sweepFile, false)).toEqual([]);
});

it('says in a sweep that its experiment has a problem', async () => {
  writeFileSync(join(folder, 'broken.gan.json'), '{"data": {"source": "digts"}}');
  const text = '{"experiment": "broken.gan.json", "parameters": {"seed": [1]}, "objective": "kid"}';
  const [problem] = await findProblems(
    text.replace('"seed"', '"optimiser.beta1"'),
    join(folder, 's.gan-sweep.json'),
    true,
  );
  expect(problem === undefined ? '' : formatText(problem.message)).toMatch(/^broken\.gan\.json: .*digts/);
});
