import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shapeOfData } from '../../test/support/experiment-training';
import { loadExperiment } from '../config/load';
import { onnxLowering } from '../engine/onnx/lowering';
import { Tracer } from '../engine/trace/tracer';
import { checkMemory } from './memory-check';
import { gameTask } from './task';

const GIGABYTE = 1e9;

it('lets every example train where 1 GB is available', async () => {
  const engine = new Tracer(onnxLowering);
  for (const example of readdirSync('examples').filter((name) => name.endsWith('.gan.json'))) {
    const { config } = await loadExperiment(join('examples', example));
    expect(() => checkMemory(gameTask(config, shapeOfData(config)), engine, GIGABYTE), example).not.toThrow();
  }
});
