/** The exporter of each format. */
import type { ExportFormatName } from '../shared/export-formats';
import { exportAnimation } from './animation';
import { exportCsv } from './csv';
import type { Exporter } from './exporter';
import { exportOnnx } from './onnx';
import { exportReport } from './report';
import { exportSafetensors } from './safetensors';
import { exportSavedModel } from './savedmodel';
import { exportTensorboard } from './tensorboard';
import { exportWeb } from './web';

export const exporters: Readonly<Record<ExportFormatName, Exporter>> = {
  onnx: exportOnnx,
  savedmodel: exportSavedModel,
  safetensors: exportSafetensors,
  web: exportWeb,
  report: exportReport,
  tensorboard: exportTensorboard,
  csv: exportCsv,
  animation: exportAnimation,
};
