/**
 * The exported Python modules compute what the workbench does, and can be trained on. `GAN_WORKBENCH_PYTORCH` names a
 * Python that has PyTorch and safetensors; without it, only the text of the modules is checked.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointedRun } from '../../../test/support/checkpointed-run';
import { callNetwork, largestDifference, readNpy, saveInput } from '../../../test/support/network-call';
import { digits, networkFamilies, r3gan } from '../../../test/support/small-networks';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { float32, type HostTensor } from '../../shared/host-tensor';
import { decodeSafetensors } from '../../storage/safetensors';
import { exportRun } from '../export-run';
import type { NetworkName } from '../exporter';

const python = process.env.GAN_WORKBENCH_PYTORCH;

async function exported(experiment: object, network: NetworkName = 'generator') {
  const folder = await temporaryFolder();
  const runFolder = await checkpointedRun(folder, experiment);
  const path = join(folder, 'module');
  await exportRun({ runFolder, format: 'safetensors', path, network, isRaw: false, replaces: false });
  return { folder, runFolder, path, text: await readFile(join(path, 'model.py'), 'utf8') };
}

it('is made of layers with the names of the network', async () => {
  const { text } = await exported(digits);
  expect(text).toContain('self.project = nn.Linear(5, 196, bias=False)');
  expect(text).toContain('self.projectNorm = nn.BatchNorm2d(4, eps=0.00001, momentum=0.1)');
  expect(text).toContain('self.up1 = nn.ConvTranspose2d(4, 3, (3, 3), stride=(2, 2), bias=False)');
  expect(text).toContain('x = F.relu(x)');
  expect(text).toContain('x = torch.tanh(x)');
});

it('keeps the groups of a convolution', async () => {
  const { text } = await exported(r3gan);
  expect(text).toMatch(/nn\.Conv2d\(12, 12, \(3, 3\), padding=\(1, 1\), groups=3\)/);
  // 12 groups of 8 channels, of which 6 are convolved together.
  const several = { ...r3gan, generator: { ...r3gan.generator, channels: [48], groupSize: 8 } };
  const { text: inParts, path } = await exported(several);
  expect(inParts.match(/nn\.Conv2d\(48, 48, \(3, 3\), padding=\(1, 1\), groups=6/g)).toHaveLength(2);
  const { tensors } = decodeSafetensors(await readFile(join(path, 'model.safetensors')), 'the module');
  const mixed = Object.entries(tensors).filter(([name]) => name.includes('mix') && name.endsWith('.weight'));
  expect(mixed.map(([, { shape }]) => shape)).toEqual([
    [48, 8, 3, 3],
    [48, 8, 3, 3],
  ]);
  // The trained weights lie between the zeros.
  for (const [name, { data }] of mixed)
    expect(
      data.every((value) => value !== 0),
      name,
    ).toBe(true);
});

const CHECK = `
import sys
import numpy as np
import torch
sys.path.insert(0, sys.argv[1])
import model
network = model.load()
inputs = [torch.from_numpy(np.load(file)) for file in sys.argv[3:]]
with torch.no_grad():
    output = network(*inputs)
np.save(sys.argv[2], np.ascontiguousarray(output.numpy()))
network.train()
network(*inputs).square().mean().backward()
gradients = [p.grad for p in network.parameters()]
assert any(g is not None and bool(g.abs().sum() > 0) for g in gradients)
`;

const skipped = python === undefined ? ' (skipped: GAN_WORKBENCH_PYTORCH names no Python)' : '';

describe.skipIf(python === undefined)(`PyTorch${skipped}`, () => {
  it.each(networkFamilies)('computes %s', async (_, experiment, name: NetworkName = 'generator') => {
    const { folder, runFolder, path } = await exported(experiment, name);
    const { inputs, made } = await callNetwork(runFolder, name);
    const files: string[] = [];
    for (const input of inputs)
      files.push(await saveInput(folder, { ...input, given: asInPyTorch(input.given) }));
    const script = join(folder, 'check.py');
    await writeFile(script, CHECK);
    const output = join(folder, 'output.npy');
    const ended = spawnSync(python ?? '', [script, path, output, ...files], { encoding: 'utf8' });
    expect(ended.stderr).toBe('');
    const { shape, values } = await readNpy(output);
    const right = asInPyTorch(made);
    expect(shape).toEqual(right.shape);
    expect(largestDifference(values, right.data)).toBeLessThan(1e-4);
    expect(new Set(Array.from(values, (value) => value.toFixed(3))).size).toBeGreaterThan(1);
  });
});

function asInPyTorch<Given extends Int32Array | HostTensor>(given: Given): Given | HostTensor {
  return given instanceof Int32Array || given.shape.length !== 4 ? given : channelsFirst(given);
}

function channelsFirst({ shape, data }: HostTensor): HostTensor {
  const [count = 1, height = 1, width = 1, channels = 1] = shape;
  const pixels = height * width;
  const moved = new Float32Array(data.length);
  data.forEach((value, i) => {
    const [example, pixel, channel] = [
      Math.floor(i / (pixels * channels)),
      Math.floor(i / channels) % pixels,
      i % channels,
    ];
    moved[(example * channels + channel) * pixels + pixel] = value;
  });
  return float32([count, channels, height, width], moved);
}
