import { expect, it } from 'vitest';
import { LeafTable } from './leaf-table';

const leaf = { shape: [2], dtype: 'float32' } as const;

it('drops each leaf once, when it is neither current nor marked', () => {
  const dropped: string[] = [];
  const table = new LeafTable<typeof leaf & { readonly of: string }>(({ of }) => dropped.push(of));
  const values = (of: string) => ({ w: { ...leaf, of } });
  table.write(values('first'));
  table.replace(values('second'));
  expect(dropped).toEqual(['first']);
  table.mark();
  table.replace(values('third'));
  table.replace(values('fourth'));
  expect(dropped).toEqual(['first', 'third']);
  table.rollback();
  table.rollback();
  expect(dropped).toEqual(['first', 'third', 'fourth']);
  table.replace(values('fifth'));
  expect([...table.all()].map(({ of }) => of)).toEqual(['fifth', 'second']);
  table.mark();
  expect(dropped).toEqual(['first', 'third', 'fourth', 'second']);
  table.write(values('sixth'));
  expect(dropped).toEqual(['first', 'third', 'fourth', 'second', 'fifth']);
});
