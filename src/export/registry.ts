/** All formats that a run can be exported to, in the order in which people are offered them. */
import { csvExporter } from './csv';
import type { Exporter } from './exporter';
import { onnxExporter } from './onnx';
import { reportExporter } from './report';
import { tensorboardExporter } from './tensorboard';

export const exporters: readonly Exporter[] = [
  onnxExporter,
  reportExporter,
  tensorboardExporter,
  csvExporter,
];
