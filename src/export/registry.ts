/** The exporter of each format. */
import type { ExportFormatName } from '../shared/export-formats';
import { exportCsv } from './csv';
import type { Exporter } from './exporter';
import { exportOnnx } from './onnx';
import { exportReport } from './report';
import { exportSavedModel } from './savedmodel';
import { exportTensorboard } from './tensorboard';

export const exporters: Readonly<Record<ExportFormatName, Exporter>> = {
  onnx: exportOnnx,
  savedmodel: exportSavedModel,
  report: exportReport,
  tensorboard: exportTensorboard,
  csv: exportCsv,
};
