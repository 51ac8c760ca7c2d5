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
  const items = new KeptItems<string, Shown>(parent, { keyOf: (name) => name, make: (name) => ({ name }) });
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

it('replaces an item that has changed in its place, knowing how it was shown', () => {
  interface Item {
    readonly id: string;
    readonly text: string;
  }
  const children: string[] = [];
  const items = new KeptItems<Item, string>(
    {
      insertBefore: (child, before) =>
        children.splice(before === null ? children.length : children.indexOf(before), 0, child),
      removeChild: (child) => children.splice(children.indexOf(child), 1),
    },
    { keyOf: ({ id }) => id, make: ({ text }, previous) => [previous, text].join('>') },
  );
  items.show([
    { id: 'a', text: '1' },
    { id: 'b', text: '2' },
  ]);
  items.show([
    { id: 'a', text: '3' },
    { id: 'b', text: '2' },
  ]);
  expect(children).toEqual(['>1>3', '>2']);
});
