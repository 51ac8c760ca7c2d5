/** All tools for assistants, those that only read first. */
import type { AgentTool } from './tool';
import { compareRuns } from './tools/compare-runs';
import { createExperiment } from './tools/create-experiment';
import { explainPart } from './tools/explain-part';
import { listExperiments } from './tools/list-experiments';
import { listRuns } from './tools/list-runs';
import { readRun } from './tools/read-run';
import { readSweep } from './tools/read-sweep';
import { resumeTraining } from './tools/resume-training';
import { startSweep } from './tools/start-sweep';
import { startTraining } from './tools/start-training';
import { stopSweep } from './tools/stop-sweep';
import { stopTraining } from './tools/stop-training';
import { viewSamples } from './tools/view-samples';
import { waitForRun } from './tools/wait-for-run';

export const agentTools: readonly AgentTool[] = [
  listExperiments,
  listRuns,
  readRun,
  viewSamples,
  compareRuns,
  readSweep,
  explainPart,
  waitForRun,
  createExperiment,
  startTraining,
  resumeTraining,
  stopTraining,
  startSweep,
  stopSweep,
];
