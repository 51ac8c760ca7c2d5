import { resolve } from 'node:path';
import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => {
  class Uri {
    static file = (path: string): Uri => new Uri(path);
    constructor(readonly fsPath: string) {}
  }
  return { Uri };
});

const { Uri } = await import('vscode');
const { DatasetNode, distinguished } = await import('./dataset-node');

/** Node of an experiment in the workspace, with its data at this path. */
function node(place?: string) {
  const data = {
    key: '',
    title: 'Images in a folder',
    settings: [],
    ...(place === undefined ? {} : { place }),
  };
  return new DatasetNode(data, [Uri.file(resolve('/w/mine.gan.json'))]);
}

it('tells datasets of one name apart by their folders', () => {
  const nodes = distinguished([node('cats/train'), node('dogs/train'), node('birds'), node()]);
  expect(nodes.map(({ folder }) => folder)).toEqual(['cats', 'dogs', '', '']);
});

it('shows no folder where one place is used in two ways', () => {
  expect(distinguished([node('birds'), node('birds')]).map(({ folder }) => folder)).toEqual(['', '']);
});
