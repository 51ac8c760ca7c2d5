/** The text of a model card: what the network does, how it is used, and how it came about. */
import type { ExperimentConfig } from '../../config/schema';
import { dataSources } from '../../data/registry';
import { durationInWords } from '../../shared/duration-text';
import { formatText } from '../../shared/localizable-text';
import { formatCount, formatValue } from '../../shared/number-text';
import { gitText } from '../../shared/provenance';
import type { RunRecord } from '../../shared/run-format';
import type { BestScore } from '../../shared/scores';
import type { InferenceNetwork } from '../../training/task';
import type { NetworkFacts } from '../network-facts';
import { markdownText } from './markdown';

export interface CardContents {
  readonly network: InferenceNetwork;
  readonly facts: NetworkFacts;
  readonly config: ExperimentConfig;
  readonly record: RunRecord;
  readonly scores: readonly BestScore[];
  /** Name of the picture of samples, if there is one. */
  readonly samples?: string;
}

export function modelCard(contents: CardContents): string {
  const { facts, samples } = contents;
  const sections = [
    metadata(contents),
    `# ${markdownText(facts.name)}`,
    description(contents),
    ...(samples === undefined ? [] : [`![Samples](${samples})`]),
    '## Use',
    usage(contents),
    '## Training',
    training(contents),
    ...scoresSection(contents),
    '## Licence',
    licence(facts),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** As the Hub reads it, which shows models of a task together. */
function metadata({ network }: CardContents): string {
  const isTranslation = sourceOf(network)?.kind === 'examples';
  const task = isTranslation ? 'image-to-image' : 'unconditional-image-generation';
  const lines = [
    ...(network.makes?.kind === 'image' ? [`pipeline_tag: ${task}`] : []),
    'tags:',
    '- gan',
    '- onnx',
    '- pytorch',
    '- gan-workbench',
  ];
  return ['---', ...lines, '---'].join('\n');
}

function sourceOf({ inputs }: InferenceNetwork) {
  return Object.values(inputs)[0];
}

function description({ network, facts, config }: CardContents): string {
  const { run, step, weights, workbench, classes } = facts;
  const title = dataSources.find(({ name }) => name === config.data.source)?.title ?? config.data.source;
  const averaged = weights === 'averaged' ? ', a running average of the weights' : '';
  return [
    `The ${network.name} of a generative adversarial network, trained on “${title}” with GAN Workbench ${workbench}`,
    `(run ${markdownText(run)}, step ${formatCount(step)}${averaged}).`,
    ...(classes.length === 0 ? [] : [`Classes: ${classes.map(markdownText).join(', ')}.`]),
  ].join('\n');
}

function usage({ network, facts }: CardContents): string {
  const parts = [
    '`model.onnx` takes any number of examples; its inputs and outputs are named in it. `model.py` defines the network in',
    'PyTorch and loads `model.safetensors`.',
  ].join('\n');
  const { latentSize, prior, classes } = facts;
  if (latentSize === undefined || network.makes?.kind !== 'image') return parts;
  const draw = prior === 'uniform' ? 'uniform(-1, 1, (8, SIZE))' : 'normal(size=(8, SIZE))';
  const feed = classes.length === 0 ? '' : `, "class": np.arange(8) % ${classes.length}`;
  return `${parts}

\`\`\`python
import numpy as np, onnxruntime
model = onnxruntime.InferenceSession("model.onnx")
latents = np.random.${draw.replace('SIZE', String(latentSize))}.astype(np.float32)
images = model.run(["images"], {"latents": latents${feed}})[0]  # uint8 [8, height, width, channels]
\`\`\``;
}

function training({ config, record, facts }: CardContents): string {
  const examples =
    record.data === undefined ? [] : [['Training examples', formatCount(record.data.examples)]];
  const rows = [
    ...parentRow(record),
    ['Networks', `${config.generator.network}, ${config.discriminator.network}`],
    ...examples,
    ['Batch size', formatCount(config.data.batchSize)],
    ['Steps', formatCount(facts.step)],
    ['Training time of the run', formatText(durationInWords(record.trainingSeconds))],
    ['Engine', record.engine.version],
    ...(record.git === undefined ? [] : [['Git commit', formatText(gitText(record.git))]]),
    ['Seed', String(config.seed)],
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

/** The data of that run is in the weights too. */
function parentRow({ parent }: RunRecord): string[][] {
  if (parent === undefined) return [];
  const { run, step, weights } = parent;
  const title = weights === undefined ? 'Continues' : 'Weights from';
  return [[title, `${markdownText(run)}, step ${formatCount(step)}`]];
}

function scoresSection({ scores }: CardContents): string[] {
  if (scores.length === 0) return [];
  const rows = scores.map(
    ({ kind, value, step, protocol }) =>
      `| ${kind.title} | ${formatValue(value)} | ${formatCount(step)} | ${markdownText(protocol)} |`,
  );
  return [
    '## Scores',
    'The best of each; only scores of the same protocol can be compared.',
    ['| score | value | step | protocol |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ];
}

function licence({ dataLicence }: NetworkFacts): string {
  return dataLicence === undefined
    ? 'Not stated. Add the licence of the training data and of this model before you publish it.'
    : `The training data is under ${dataLicence}. Add the licence of this model before you publish it.`;
}
