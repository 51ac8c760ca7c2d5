import { expect, it } from 'vitest';
import { MemoryEngine } from '../../../test/support/scalar-training';
import type { Engine, EngineInfo } from '../../engine/engine';
import { EngineError } from '../../engine/engine-error';
import type { EngineName } from '../../engine/registry';
import { DeviceInUseError } from '../../engine/webgpu/device-claim';
import { formatText } from '../../shared/localizable-text';
import { reopenEngine } from './recorded-engine';

const cpu = { name: 'onnx', version: 'onnxruntime-node 1.30.0', threads: 2 };
const card = { name: 'onnx-webgpu', version: 'onnxruntime-node 1.30.0', threads: 1, adapter: 'NVIDIA' };

class NamedEngine extends MemoryEngine {
  override readonly info: EngineInfo;

  constructor(info: EngineInfo) {
    super();
    this.info = info;
  }
}

/** A machine on which these engines work, the first of them as `auto`. */
function machineWith(...infos: readonly EngineInfo[]) {
  const asked: string[] = [];
  const open = async (choice: EngineName | 'auto'): Promise<Engine> => {
    asked.push(choice);
    const info = choice === 'auto' ? infos[0] : infos.find(({ name }) => name === choice);
    if (info === undefined) throw new EngineError('There is no graphics card.', 'Use "onnx".');
    return new NamedEngine(info);
  };
  return { asked, open };
}

it.each([cpu, card])('goes on with the engine that trained the run: %j', async (recorded) => {
  const { asked, open } = machineWith(cpu, card);
  const { engine, warnings } = await reopenEngine(recorded, 'auto', open);
  expect([engine.info, warnings, asked]).toEqual([recorded, undefined, [recorded.name]]);
});

it.each(['auto', 'onnx-webgpu'] as const)(
  'goes on with another one where it does not work, with a warning (%s)',
  async (configured) => {
    const { asked, open } = machineWith(cpu);
    const { engine, warnings } = await reopenEngine(card, configured, open);
    expect([engine.info.name, asked]).toEqual(['onnx', ['onnx-webgpu', 'auto']]);
    expect(warnings?.map((warning) => formatText(warning))).toEqual([
      'The run was trained on onnx-webgpu (NVIDIA), which does not work here: There is no graphics card. It continues on onnx. Engines round differently, so results differ slightly from here on.',
    ]);
  },
);

it('goes on with an engine that is asked for, with a warning', async () => {
  const { engine, warnings } = await reopenEngine(cpu, 'onnx-webgpu', machineWith(cpu, card).open);
  expect(engine.info.name).toBe('onnx-webgpu');
  expect(warnings?.map((warning) => formatText(warning))).toEqual([
    'The run was trained on onnx and continues on onnx-webgpu (NVIDIA). Engines round differently, so results differ slightly from here on.',
  ]);
});

it('does not put another engine in place of one that is asked for', async () => {
  await expect(reopenEngine(cpu, 'onnx-webgpu', machineWith(cpu).open)).rejects.toThrow(EngineError);
});

it('warns of another graphics card', async () => {
  const other = { ...card, adapter: 'AMD' };
  const { warnings } = await reopenEngine(card, 'auto', machineWith(cpu, other).open);
  expect(warnings?.map((warning) => formatText(warning)).join()).toContain(
    'trained on onnx-webgpu (NVIDIA) and continues on onnx-webgpu (AMD).',
  );
});

it('goes on where the run names an engine that this version does not have', async () => {
  const old = { name: 'jax', version: '4.22', threads: 2 };
  const { engine, warnings } = await reopenEngine(old, 'auto', machineWith(cpu).open);
  expect(engine.info.name).toBe('onnx');
  expect(warnings?.map((warning) => formatText(warning)).join()).toContain(
    'trained on jax and continues on onnx.',
  );
});

it('leaves a device that another thread uses to a process', async () => {
  const open = async (): Promise<Engine> => {
    throw new DeviceInUseError('in use', 'wait');
  };
  await expect(reopenEngine(card, 'auto', open)).rejects.toThrow(DeviceInUseError);
});
