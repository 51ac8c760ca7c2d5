import { expect, it } from 'vitest';
import { isOrdinary } from '../engine/definition';
import { engines } from '../engine/registry';
import type { DoctorLine } from '../shared/cli-protocol';
import { formatText, localizable } from '../shared/localizable-text';
import { verdictOf } from './doctor-verdict';

const said = localizable('');

/** The verdict where exactly these checks fail. */
function verdictWithout(...failed: readonly string[]): string {
  const ok = (name: string): boolean => !failed.includes(name);
  const { ok: isReady, said: sentence } = verdictOf([
    { type: 'machine', ok: true, said },
    ...engines.map(({ name }): DoctorLine => ({ type: 'engine', name, ok: ok(name), said })),
    { type: 'cache', ok: ok('cache'), said },
    { type: 'decoder', ok: ok('decoder'), said },
  ]);
  return `${isReady ? 0 : 1} ${formatText(sentence)}`;
}

const names = engines.map(({ name }) => name);
const [lastResort = ''] = names.slice(-1);
const others = names.slice(0, -1);
const ordinary = engines.filter(isOrdinary).map(({ name }) => name);
const optional = engines.filter((engine) => !isOrdinary(engine)).map(({ name }) => name);

it.each([
  [[], '0 Ready to train: every check passed.'],
  [[lastResort], '0 Ready to train.'],
  [optional, '0 Ready to train.'],
  [ordinary.slice(0, -1), '0 Ready to train, but slowly: only the WebAssembly engine works.'],
  [others, '0 Ready to train, but slowly: only the WebAssembly engine works.'],
  [['decoder'], '0 Ready to train, except on image files: the image decoder does not work.'],
  [['cache'], '1 Problems: datasets cannot be cached on this machine.'],
  [names, '1 Problems: no engine works on this machine.'],
  [[...names, 'cache', 'decoder'], '1 Problems: no engine works on this machine.'],
])('without %j: %s', (failed, verdict) => {
  expect(verdictWithout(...failed)).toBe(verdict);
});
