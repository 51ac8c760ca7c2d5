import { expect, it } from 'vitest';
import { KeptItems } from './kept-items';

interface Shown {
  readonly name: string;
}

it('adds and removes what has changed, and touches nothing else', () => {
  const children: Shown[] = [];
  const touched: string[] = [];
  const parent = {
    insertBefore: (child: Shown, before: Shown | null) => {
      touched.push(child.name);
      children.splice(before === null ? children.length : children.indexOf(before), 0, child);
    },
    removeChild: (child: Shown) => {
      touched.push(child.name);
      children.splice(children.indexOf(child), 1);
    },
  };
  const items = new KeptItems(parent, (name: string): Shown => ({ name }));
  const names = () => children.map(({ name }) => name);
  items.show(['c', 'b', 'a']);
  expect(names()).toEqual(['c', 'b', 'a']);
  const [, b] = children;
  touched.length = 0;
  items.show(['d', 'c', 'b']);
  expect(names()).toEqual(['d', 'c', 'b']);
  expect(touched).toEqual(['a', 'd']);
  expect(children[2]).toBe(b);
  items.show([]);
  expect(names()).toEqual([]);
});
