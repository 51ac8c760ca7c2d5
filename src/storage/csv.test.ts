import { expect, it } from 'vitest';
import { csvRow, guarded } from './csv';

it('quotes what would end a cell, and nothing else', () => {
  expect(csvRow(['a b', 'a,b', 'say "x"', 'two\nlines', 1.5, undefined])).toBe(
    'a b,"a,b","say ""x""","two\nlines",1.5,\r\n',
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('keeps %j from being a formula', (text) => {
  expect(guarded(text)).toBe(`'${text}`);
});

it('leaves numbers and other texts as they are', () => {
  expect([-1, 'a=b', '', undefined].map(guarded)).toEqual([-1, 'a=b', '', undefined]);
});
