import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatText } from '../../shared/localizable-text';
import { layersDiscriminator, layersGenerator } from './layers';
import { listedLayers } from './listed/registry';

const context = { example: { kind: 'image', height: 8, width: 8, channels: 1 }, latentSize: 10 } as const;

function refusal(network: typeof layersGenerator, layers: readonly unknown[]): string | undefined {
  const reason = network.unsuitable(network.options.parse({ layers }), context);
  return reason === undefined ? undefined : formatText(reason);
}

it('blames the layer that does not fit', () => {
  const layers = [
    { layer: 'conv', filters: 4 },
    { layer: 'dense', units: 1 },
  ];
  const options = layersDiscriminator.options.parse({ layers });
  expect(layersDiscriminator.unsuitable(options, context)?.at).toEqual(['layers', 1]);
});

describe('a layer list that does not fit says which layer and which shapes', () => {
  it.each([
    [
      'images where vectors are needed',
      [
        { layer: 'conv', filters: 4 },
        { layer: 'dense', units: 1 },
      ],
      'layers[1] ("dense") receives [batch, 8, 8, 4] but expects vectors [batch, values]; insert "flatten" or "global-pool" before it',
    ],
    [
      'images that a block does not fit into',
      [{ layer: 'conv', filters: 4, strides: 3 }, { layer: 'average-pool', size: 4 }, { layer: 'flatten' }],
      'layers[1] ("average-pool") receives [batch, 3, 3, 4]: blocks of 4×4 pixels do not fit into images of [2, 3, 3, 4]',
    ],
    [
      'images that a kernel without padding does not fit into',
      [{ layer: 'conv', filters: 4, kernelSize: 9, padding: 'valid' }],
      'layers[0] ("conv") receives [batch, 8, 8, 1]: kernels of 9×9 do not fit into [2, 8, 8, 1]',
    ],
    [
      'values that do not fill an image',
      [{ layer: 'reshape', to: [4, 4, 3] }],
      'layers[0] ("reshape") receives [batch, 8, 8, 1]: it has 64 values for each example, and 4×4×3 are 48',
    ],
    [
      'another number of logits',
      [{ layer: 'flatten' }, { layer: 'dense', units: 2 }],
      'the last layer outputs [batch, 2], but [batch, 1] is required',
    ],
  ])('%s', (_name, layers, expected) => {
    expect(refusal(layersDiscriminator, layers)).toBe(expected);
  });

  it('knows what the generator starts from and has to make', () => {
    expect(refusal(layersGenerator, [{ layer: 'conv', filters: 1 }])).toBe(
      'layers[0] ("conv") receives [batch, 10] but expects images [batch, height, width, channels]; insert "reshape" before it',
    );
    expect(refusal(layersGenerator, [{ layer: 'dense', units: 64 }])).toBe(
      'the last layer outputs [batch, 64], but [batch, 8, 8, 1] is required',
    );
    expect(
      refusal(layersGenerator, [
        { layer: 'dense', units: 64 },
        { layer: 'reshape', to: [8, 8, 1] },
      ]),
    ).toBeUndefined();
    const input = { kind: 'image', height: 4, width: 4, channels: 3 } as const;
    const options = layersGenerator.options.parse({ layers: [{ layer: 'upsample', filters: 1 }] });
    expect(layersGenerator.unsuitable(options, { ...context, input })).toBeUndefined();
  });

  it('knows whether the examples of a batch see each other', () => {
    const parse = (by: string) =>
      layersDiscriminator.options.parse({
        layers: [
          { layer: 'norm', by },
          { layer: 'dense', units: 1 },
        ],
      });
    expect(layersDiscriminator.mixesExamples?.(parse('batch'))).toBe(true);
    expect(layersDiscriminator.mixesExamples?.(parse('layer'))).toBe(false);
    const withOptions = {
      layers: [
        { layer: 'batch-norm', momentum: 0.8 },
        { layer: 'dense', units: 1 },
      ],
    };
    expect(layersDiscriminator.mixesExamples?.(layersDiscriminator.options.parse(withOptions))).toBe(true);
    const grouped = { layers: [{ layer: 'minibatch-stddev' }, { layer: 'dense', units: 1 }] };
    expect(layersDiscriminator.mixesExamples?.(layersDiscriminator.options.parse(grouped))).toBe(true);
  });
});

it('documents every layer', () => {
  const page = readFileSync(join(__dirname, '../../../docs/own-networks.md'), 'utf8');
  expect(listedLayers.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual(
    [],
  );
});

it('refuses a layer that does not exist, and every name is there once', () => {
  expect(layersGenerator.options.safeParse({ layers: [{ layer: 'lstm' }] }).success).toBe(false);
  const names = listedLayers.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
