import { expect, it } from 'vitest';
import { drawnLabel, numberedClasses } from './sample-grid';

it('numbers the classes whose names the font of the pictures lacks, and explains the numbers', () => {
  const labels = ['cat', 'öffnen', '猫', 'кот', '犬'];
  expect(labels.map(drawnLabel)).toEqual(['cat', 'öffnen', 'class 2', 'кот', 'class 4']);
  expect(numberedClasses(labels)).toEqual(['class 2: 猫', 'class 4: 犬']);
});
