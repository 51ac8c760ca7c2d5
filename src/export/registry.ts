/** The exporter of each format. */
import type { ExportFormatName } from '../shared/export-formats';
import { exportAnimation } from './animation';
import { exportCsv } from './csv';
import type { Exporter } from './exporter';
import { exportKeras } from './keras';
import { exportLatentWalk } from './latent-walk';
import { exportMlflow } from './mlflow';
import { exportModelCard } from './model-card';
import { exportOnnx } from './onnx';
import { exportReport } from './report';
import { exportSafetensors } from './safetensors';
import { exportSavedModel } from './savedmodel';
import { exportTensorboard } from './tensorboard';
import { exportWeb } from './web';

export const exporters: Readonly<Record<ExportFormatName, Exporter>> = {
  onnx: exportOnnx,
  savedmodel: exportSavedModel,
  keras: exportKeras,
  safetensors: exportSafetensors,
  web: exportWeb,
  'model-card': exportModelCard,
  report: exportReport,
  tensorboard: exportTensorboard,
  mlflow: exportMlflow,
  csv: exportCsv,
  animation: exportAnimation,
  'latent-walk': exportLatentWalk,
};
