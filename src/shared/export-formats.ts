/**
 * The formats that a run can be exported to, in the order in which people are offered them: for the command line, for the
 * editor, and for the registry of exporters, which has a function for each.
 */

export interface ExportFormat {
  /** As `gan export --format` takes it. */
  readonly name: string;
  readonly title: string;
  /** What it holds, and what reads it. */
  readonly description: string;
  readonly output: 'folder' | { readonly extension: string; readonly fileType: string };
}

export const EXPORT_FORMATS = [
  {
    name: 'onnx',
    title: 'ONNX model',
    description:
      'The generator with its weights, for any batch size. Runs in ONNX Runtime, in browsers, on phones and in most inference servers.',
    output: { extension: 'onnx', fileType: 'ONNX model' },
  },
  {
    name: 'savedmodel',
    title: 'TensorFlow SavedModel',
    description:
      'The generator with its weights as variables, for any batch size. Read by TensorFlow, TF Serving and the converter of TFLite.',
    output: 'folder',
  },
  {
    name: 'report',
    title: 'Report',
    description:
      'One HTML file with samples, curves, scores, findings, configuration and provenance, to read in any browser or print.',
    output: { extension: 'html', fileType: 'HTML page' },
  },
  {
    name: 'tensorboard',
    title: 'TensorBoard',
    description:
      'An event file with all curves, scores and sample grids, for TensorBoard and the importer of Weights & Biases.',
    output: 'folder',
  },
  {
    name: 'csv',
    title: 'CSV table',
    description:
      'All records in one table: the values of each step, scores, findings and events. Read by spreadsheets, pandas and R.',
    output: { extension: 'csv', fileType: 'Comma-separated values' },
  },
] as const satisfies readonly ExportFormat[];

export type ExportFormatName = (typeof EXPORT_FORMATS)[number]['name'];
