/** The exact messages that the user sees for an invalid experiment. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSources } from '../data/registry';
import { models } from '../gan/models/registry';
import { objectives } from '../gan/objectives/registry';
import { regularisers } from '../gan/regularisers/registry';
import { ConfigError } from './config-error';
import { loadExperiment, parseExperiment } from './load';

function refusal(text: string, overrides: readonly string[] = []): ConfigError {
  try {
    parseExperiment(text, 'x.gan.json', overrides);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the experiment was accepted');
}

/** The lines of the message, without the heading and indentation. */
function problemLines(text: string, overrides: readonly string[] = []): string[] {
  return refusal(text, overrides)
    .message.split('\n')
    .slice(1)
    .map((line) => line.trim());
}

/** Formatted as messages list registered parts. */
const listed = (parts: readonly { readonly name: string }[]): string =>
  parts
    .map(({ name }) => `"${name}"`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
const SOURCES = listed(dataSources);
const MODELS = listed(models);
const REGULARISERS = regularisers.map(({ name }) => `"${name}"`).join(', ');
const TOP_LEVEL_KEYS =
  '"$schema", "schemaVersion", "data", "model", "generator", "discriminator", "latent", "objective", "regularisers", "adversarialWeight", "topK", "generatorLosses", "generatorRegularisers", "conditioning", "augmentation", "cycle", "initialise", "freeze", "optimiser", "schedule", "gradientClipping", "ema", "length", "criticSteps", "accumulate", "seed", "logging", "evaluation", "engine"';

describe('the message', () => {
  it('is at the last value of a repeated key, which is the one that counts', () => {
    const text = `{
  "data": { "source": "digits" },
  "seed": 1,
  "seed": 1.5
}`;
    expect(refusal(text).message).toBe(`x.gan.json has 2 problems:
  x.gan.json:4:3: seed: Duplicate key "seed".
  x.gan.json:4:11: seed: Expected an integer of at least 0, found 1.5.`);
  });

  it('has every problem at once, as they stand in the file, the overrides last', () => {
    const text = `{
  // wrong from top to bottom
  "data": { "source": "digit", "batchsize": 3 },
  "model": "dcgn",
  "optimizer": { "beta1": 0.4 },
  "optimiser": { "beta1": 1, "beta2": "0.9" },
  "regularisers": ["dragn", { "name": "r1", "wieght": 2 }],
  "seed": 1.5,
}`;
    const error = refusal(text, ['ema.decay=2', 'foo']);
    expect(error.message).toBe(`x.gan.json has 11 problems:
  x.gan.json:3:23: data.source: Expected ${SOURCES}, found "digit". Did you mean "digits"?
  x.gan.json:3:32: data.batchsize: Unknown key "batchsize". Did you mean "batchSize"?
  x.gan.json:4:12: model: Expected ${MODELS}, found "dcgn". Did you mean "dcgan"?
  x.gan.json:5:3: optimizer: Unknown key "optimizer". Did you mean "optimiser"?
  x.gan.json:6:27: optimiser.beta1: Expected a number of at least 0 and less than 1, found 1.
  x.gan.json:6:39: optimiser.beta2: Expected a number of at least 0 and less than 1 or an object with "from" and "to", found "0.9".
  x.gan.json:7:20: regularisers[0]: Expected ${REGULARISERS} or an object with "name", found "dragn". Did you mean "dragan"?
  x.gan.json:7:45: regularisers[1].wieght: Unknown key "wieght". Did you mean "weight"?
  x.gan.json:8:11: seed: Expected an integer of at least 0, found 1.5.
  --set foo: Expected key=value, found "foo".
  --set ema.decay=2: Expected a number of at least 0 and less than 1, an object with "from" and "to" or an object with "halfLife", found 2.`);
    expect(error.exitCode).toBe(2);
    expect(error.problems[2]).toEqual({
      file: 'x.gan.json',
      line: 4,
      column: 12,
      path: 'model',
      message: { text: 'Expected {0}, found {1}.', values: [expect.anything(), '"dcgn"'] },
      suggestion: 'dcgan',
    });
  });

  it('speaks of the alternative that was meant', () => {
    const names = objectives.map(({ name }) => `"${name}"`);
    const objectiveNames = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    expect(
      problemLines(
        `{ "data": 5, "objective": { "nam": "minimax" }, "ema": true, "engine": { "threads": 0 } }`,
      ),
    ).toEqual([
      'x.gan.json:1:11: data: Expected an object with "source", found 5.',
      `x.gan.json:1:27: objective.name: "name" is missing. Expected ${objectiveNames}.`,
      `x.gan.json:1:29: objective.nam: Unknown key "nam". Did you mean "name"?`,
      'x.gan.json:1:56: ema: Expected false or an object, found true.',
      'x.gan.json:1:85: engine.threads: Expected "auto" or an integer from 1 to 1024, found 0.',
    ]);
  });

  it.each([
    [
      '{ "steps": 1, "kimg": 2 }',
      'length: Expected an object with "steps" or an object with "kimg", found {"steps":1,"kimg":2}.',
    ],
    ['{}', 'length: Expected an object with "steps" or an object with "kimg", found {}.'],
    ['{ "step": 5 }', 'length.step: Unknown key "step". Did you mean "steps"?'],
    ['{ "steps": 0 }', 'length.steps: Expected an integer from 1 to 1000000000, found 0.'],
    ['{ "kimg": 0 }', 'length.kimg: Expected a number greater than 0 and at most 1000000000, found 0.'],
  ])('length %s', (length, problem) => {
    const [line, ...others] = problemLines(`{ "data": { "source": "digits" }, "length": ${length} }`);
    expect(line?.replace(/^x\.gan\.json:1:\d+: /, '')).toBe(problem);
    expect(others).toEqual([]);
  });

  it('says what a section without a default allows', () => {
    const initialise = { from: 'run', checkpoint: 'first', mismatch: 'skp', average: 1 };
    expect(
      problemLines(JSON.stringify({ data: { source: 'digits' }, initialise, freeze: { zzz: [] } })),
    ).toEqual([
      'x.gan.json:1:69: initialise.checkpoint: Expected "best", "newest" or an integer of at least 0, found "first".',
      'x.gan.json:1:88: initialise.mismatch: Expected "refuse" or "skip", found "skp". Did you mean "skip"?',
      'x.gan.json:1:104: initialise.average: Expected true or false, found 1.',
      'x.gan.json:1:117: freeze.zzz: Unknown key "zzz". Known keys: "generator", "discriminator".',
    ]);
  });

  it.each([
    ['{ "from": 1 }', '.to: "to" is missing. Expected a number greater than 0.'],
    ['{ "from": 1, "to": 0 }', '.to: Expected a number greater than 0, found 0.'],
    [
      '{ "from": 1, "to": 2, "by": "cosin" }',
      '.by: Expected "cosine" or "linear", found "cosin". Did you mean "cosine"?',
    ],
    ['{ "from": 1, "to": 2, "over": 2 }', '.over: Expected a number greater than 0 and at most 1, found 2.'],
    ['{ "from": 1, "two": 2, "to": 2 }', '.two: Unknown key "two". Did you mean "to"?'],
    ['true', ': Expected a number greater than 0 or an object with "from" and "to", found true.'],
  ])('a ramp %s', (weight, problem) => {
    const regularisers = `[{ "name": "r1", "weight": ${weight} }]`;
    const [line, ...others] = problemLines(
      `{ "data": { "source": "digits" }, "regularisers": ${regularisers} }`,
    );
    expect(line?.replace(/^x\.gan\.json:1:\d+: regularisers\[0\]\.weight/, '')).toBe(problem);
    expect(others).toEqual([]);
  });

  it.each([
    [
      '{ "halfLife": -1 }',
      '.halfLife: Expected a number from 0 to 1000000000 or an object with "from" and "to", found -1.',
    ],
    [
      '{ "from": 0 }',
      ': Expected a number of at least 0 and less than 1, an object with "from" and "to" or an object with "halfLife", found {"from":0}.',
    ],
  ])('a decay %s', (decay, problem) => {
    const [line, ...others] = problemLines(
      `{ "data": { "source": "digits" }, "ema": { "decay": ${decay} } }`,
    );
    expect(line?.replace(/^x\.gan\.json:1:\d+: ema\.decay/, '')).toBe(problem);
    expect(others).toEqual([]);
  });

  it('shows numbers that no computer can hold as they were written', () => {
    expect(problemLines('{ "data": { "source": "digits" }, "seed": 1e999 }')).toEqual([
      'x.gan.json:1:43: seed: Expected an integer of at least 0, found 1e999.',
    ]);
    expect(problemLines('{ "data": { "source": "digits" }, "seed": 9007199254740993 }')).toHaveLength(1);
  });

  it('names the network that does not suit the data, and where it was chosen', () => {
    expect(problemLines('{ "data": { "source": "points2d" }, "generator": { "network": "dcgan" } }')).toEqual(
      [
        'x.gan.json:1:63: generator.network: The generator "dcgan" does not suit the data: it needs images, and the data is points; use the network "mlp".',
      ],
    );
    expect(problemLines('{ "data": { "source": "points2d" }, "model": "dcgan" }')).toEqual([
      'x.gan.json:1:46: model: The generator "dcgan" does not suit the data: it needs images, and the data is points; use the network "mlp".',
    ]);
    expect(problemLines('{ "data": { "source": "idx", "images": "a", "imageSize": 50 } }')[0]).toContain(
      'x.gan.json:1:11: data: The generator "dcgan" does not suit the data: ',
    );
  });

  it('reports what does not suit beside what is misspelt', () => {
    const lines = problemLines('{ "data": { "source": "points2d" }, "model": "dcgan", "sed": 1 }');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Did you mean "seed"?');
  });

  it('refuses a schema version of the future', () => {
    expect(problemLines('{ "schemaVersion": 2, "data": { "source": "digits" } }')).toEqual([
      'x.gan.json:1:20: schemaVersion: Expected 1, found 2.',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('treats %s as any other unknown key', (key) => {
    const unknown = `${key}: Unknown key "${key}". Known keys: ${TOP_LEVEL_KEYS}.`;
    expect(problemLines(`{ "data": { "source": "digits" }, "${key}": { "seed": 1 } }`)).toEqual([
      `x.gan.json:1:35: ${unknown}`,
    ]);
    expect(problemLines('{ "data": { "source": "digits" } }', [`${key}=1`])).toEqual([
      `--set ${key}=1: ${unknown.replace(`${key}: `, '')}`,
    ]);
  });
});

describe('broken JSON', () => {
  it.each([
    ['', 'x.gan.json:1:1: The file has no experiment. The shortest one is {"data": {"source": "digits"}}.'],
    [
      '// nothing but words',
      'x.gan.json:1:1: The file has no experiment. The shortest one is {"data": {"source": "digits"}}.',
    ],
    ['[1]', 'x.gan.json:1:1: Expected an object with "data", found [1].'],
    ['{}', 'x.gan.json:1:1: data: "data" is missing. Expected an object with "source".'],
  ])('%j', (text, line) => {
    expect(problemLines(text)).toEqual([line]);
  });

  it('is reported mistake by mistake, with whatever else is wrong', () => {
    const text = `{
  "data": { "source": "digits" }
  "seed": 1,
  "seed": NaN,
  'model': "dcgan",
  "lenght": { "steps": 5 },
  "ema": { "decay": 0.9`;
    expect(problemLines(text)).toEqual([
      'x.gan.json:1:1: Expected a closing brace, found the end of the file.',
      'x.gan.json:3:3: seed: Expected a comma, found "seed".',
      'x.gan.json:4:3: seed: Duplicate key "seed".',
      'x.gan.json:4:11: seed: Expected a JSON value, found NaN.',
      "x.gan.json:5:3: Expected a JSON value, found 'model'.",
      `x.gan.json:6:3: lenght: Unknown key "lenght". Did you mean "length"?`,
      'x.gan.json:7:10: ema: Expected a closing brace, found the end of the file.',
    ]);
  });

  it.each([
    [
      '{ "data" { "source": "digits" } }',
      '1:10: data: Expected a colon, found {.',
      '1:33: Expected the end of the file, found }.',
    ],
    ['{ "data": { "source": "digits" }, "seed": }', '1:43: seed: Expected a value, found }.'],
    ['{ "data": { "source": "digits" }, "seed": 1. }', '1:43: seed: Expected a complete number, found 1..'],
    [
      '{ "data": { "source": "idx", "images": "C:\\data" } }',
      String.raw`1:40: data.images: Expected a valid escape sequence (write a backslash twice), found "C:\data".`,
    ],
    [
      '{ "data": { "source": "idx", "images": "a\tb" } }',
      String.raw`1:40: data.images: A string cannot contain control characters; write \t for a tab.`,
    ],
    ['{ "data": { "source": "digits" } } }', '1:36: Expected the end of the file, found }.'],
    [
      '{ "data": { "source": "digits } }',
      '1:1: Expected a closing brace, found the end of the file.',
      '1:11: data: Expected a closing brace, found the end of the file.',
      '1:23: data.source: Expected a closing quotation mark, found "digits } }.',
    ],
  ])('%s', (text, ...expected) => {
    expect(problemLines(text)).toEqual(expected.map((line) => `x.gan.json:${line}`));
  });

  it('points to the brace that nothing closes', () => {
    expect(problemLines('{\n  "data": { "source": "digits" },\n  "ema": { "decay": 0.9\n')).toEqual([
      'x.gan.json:1:1: Expected a closing brace, found the end of the file.',
      'x.gan.json:3:10: ema: Expected a closing brace, found the end of the file.',
    ]);
  });

  it('of a binary file is cut short in the message, not in the problems', () => {
    const error = refusal('\u0001\u0002 {] x '.repeat(40));
    const more = /and (\d+) more$/.exec(error.message)?.[1];
    expect(error.problems.length).toBe(30 + Number(more));
  });
});

describe('what is accepted', () => {
  it('comments, trailing commas, a byte order mark and CRLF', () => {
    const text =
      '\uFEFF{\r\n  // why\r\n  "data": { "source": "digits", }, /* and */\r\n  "seed": 3,\r\n}\r\n';
    expect(parseExperiment(text, 'x.gan.json').seed).toBe(3);
  });

  it('positions count lines of a CRLF file', () => {
    expect(problemLines('{\r\n  "data": { "source": "digits" },\r\n  "seed": -1\r\n}')).toEqual([
      'x.gan.json:3:11: seed: Expected an integer of at least 0, found -1.',
    ]);
  });
});

describe('loadExperiment', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gan-config-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('tells where the experiment is and what it is called', async () => {
    const file = join(folder, 'my first.gan.json');
    await writeFile(file, '{ "data": { "source": "digits" } }');
    const loaded = await loadExperiment(file, ['seed=7']);
    expect(loaded).toMatchObject({ file, baseFolder: folder, name: 'my first' });
    expect(loaded.config.seed).toBe(7);
  });

  it('says of a missing file and of a folder what they are', async () => {
    const missing = join(folder, 'none.gan.json');
    await expect(loadExperiment(missing)).rejects.toThrow(
      `${missing} has a problem:\n  ${missing}: No such file. Experiments are files that end in .gan.json.`,
    );
    const inside = join(folder, 'folder.gan.json');
    await mkdir(inside);
    await expect(loadExperiment(inside)).rejects.toThrow(`${inside}: This is a folder.`);
  });
});
