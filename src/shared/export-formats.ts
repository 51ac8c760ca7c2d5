/**
 * The formats that a run can be exported to, in the order in which people are offered them: for the command line, for the
 * editor, and for the registry of exporters, which has a function for each.
 */

/** Options of `gan export` that apply to some formats only. */
export const FORMAT_OPTIONS = [
  'from',
  'raw',
  'discriminator',
  'back',
  'fps',
  'width',
  'seconds',
  'count',
  'seed',
  'seeds',
  'latents',
  'class',
  'author',
] as const;

export type FormatOption = (typeof FORMAT_OPTIONS)[number];

/** Of the formats that hold any of the run's networks. */
const NETWORK_OPTIONS = ['from', 'raw', 'discriminator', 'back'] as const;

export interface ExportFormat {
  /** As `gan export --format` takes it. */
  readonly name: string;
  readonly title: string;
  /** What it holds, and what reads it: a phrase that fits a line of a quick pick. */
  readonly description: string;
  readonly output: 'folder' | { readonly extension: string; readonly fileType: string };
  readonly options: readonly FormatOption[];
}

export const EXPORT_FORMATS = [
  {
    name: 'onnx',
    title: 'ONNX model',
    description: 'The generator, for ONNX Runtime, browsers, phones and inference servers',
    output: { extension: 'onnx', fileType: 'ONNX model' },
    options: NETWORK_OPTIONS,
  },
  {
    name: 'safetensors',
    title: 'PyTorch',
    description: 'The generator as a Python module with its weights as safetensors',
    output: 'folder',
    options: NETWORK_OPTIONS,
  },
  {
    name: 'savedmodel',
    title: 'TensorFlow SavedModel',
    description: 'The generator, for TensorFlow, TF Serving and the converter of TFLite',
    output: 'folder',
    options: NETWORK_OPTIONS,
  },
  {
    name: 'keras',
    title: 'Keras',
    description: 'The generator as a model of Keras layers, to train on',
    output: { extension: 'keras', fileType: 'Keras model' },
    options: NETWORK_OPTIONS,
  },
  {
    name: 'web',
    title: 'Web page',
    description: 'A page with sliders that generates images in any browser, offline',
    output: 'folder',
    options: ['from', 'raw'],
  },
  {
    name: 'model-card',
    title: 'Model card',
    description: 'A folder for the Hugging Face Hub: card, ONNX, safetensors and samples',
    output: 'folder',
    options: NETWORK_OPTIONS,
  },
  {
    name: 'report',
    title: 'Report',
    description: 'Samples, curves, scores, findings and configuration on one page, to read or print',
    output: { extension: 'html', fileType: 'HTML page' },
    options: ['author'],
  },
  {
    name: 'tensorboard',
    title: 'TensorBoard',
    description: 'Curves, scores and sample grids as an event file, also for Weights & Biases',
    output: 'folder',
    options: [],
  },
  {
    name: 'mlflow',
    title: 'MLflow',
    description: 'A run in a file store of MLflow: parameters, metrics and artifacts',
    output: 'folder',
    options: [],
  },
  {
    name: 'csv',
    title: 'CSV table',
    description: 'All steps, scores, findings and events, for spreadsheets, pandas and R',
    output: { extension: 'csv', fileType: 'Comma-separated values' },
    options: [],
  },
  {
    name: 'animation',
    title: 'Animation',
    description: 'The sample grids over training as an animated WebP or GIF picture',
    output: { extension: 'webp', fileType: 'Animated picture' },
    options: ['fps', 'width'],
  },
  {
    name: 'latent-walk',
    title: 'Latent Walk',
    description: 'Samples that change into one another, as an animated WebP or GIF picture that loops',
    output: { extension: 'webp', fileType: 'Animated picture' },
    options: ['from', 'fps', 'width', 'seconds', 'count', 'seed', 'seeds', 'latents', 'class'],
  },
] as const satisfies readonly ExportFormat[];

export type ExportFormatName = (typeof EXPORT_FORMATS)[number]['name'];
