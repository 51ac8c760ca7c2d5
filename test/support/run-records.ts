/** Records of runs for tests that need no folder. */
import type { RunRecord } from '../../src/shared/run-format';

export const RING_RECORD: RunRecord = {
  schemaVersion: 1,
  id: '00003-ring',
  experiment: 'ring',
  experimentFile: '/w/ring.gan.json',
  status: 'running',
  step: 20,
  totalSteps: 50,
  engine: { name: 'onnx', version: '1', threads: 1 },
  versions: { workbench: '1', node: '20' },
  host: { name: 'h', platform: 'p', cpu: 'c' },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  trainingSeconds: 1,
};
