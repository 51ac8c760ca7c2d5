import { expect, it } from 'vitest';
import type { RunNews } from '../../src/shared/dashboard-protocol';
import { deliver, type Receivers } from './section';
import { makeLinks } from './section-links';

it('hands news to every section that handles them, and to no other', () => {
  const received: string[] = [];
  const sections: readonly { receives: Receivers }[] = [
    { receives: { samples: ({ steps }, run) => received.push(`samples of run ${run}: ${steps}`) } },
    { receives: { config: () => received.push('config') } },
    { receives: { samples: () => received.push('samples too'), scores: () => received.push('scores') } },
  ];
  const news: RunNews = { type: 'samples', steps: [1, 2] };
  deliver(sections, news.type, news, 1);
  expect(received).toEqual(['samples of run 1: 1,2', 'samples too']);
});

it('ignores news of a kind that no section knows', () => {
  expect(() => deliver([{ receives: {} }], 'config', { type: 'config', config: {} }, 0)).not.toThrow();
});

it('links sections: all that listen get what one sends', () => {
  const { stepPicked } = makeLinks();
  const steps: number[] = [];
  stepPicked.listen((step) => steps.push(step));
  stepPicked.listen((step) => steps.push(-step));
  stepPicked.send(5);
  expect(steps).toEqual([5, -5]);
});
