/** The one sentence of `gan doctor` that most people need: whether they can train here. */

import type { DoctorLine } from '../shared/cli-protocol';
import { type Said, said } from '../shared/said';

/** @param records of all checks */
export function verdictOf(records: readonly DoctorLine[]): DoctorLine {
  const works = (type: DoctorLine['type'], name?: string): boolean =>
    records.some(
      (record) => record.type === type && record.ok && (name === undefined || record.name === name),
    );
  const ok = works('engine') && works('cache');
  return { type: 'verdict', ok, said: sentence(ok, works) };
}

function sentence(ok: boolean, works: (type: DoctorLine['type'], name?: string) => boolean): Said {
  if (!ok)
    return works('engine')
      ? said('Problems: datasets cannot be cached on this machine.')
      : said('Problems: no engine works on this machine.');
  if (!works('engine', 'onnx')) return said('Ready to train, but slowly: only the WebAssembly engine works.');
  if (!works('decoder'))
    return said('Ready to train, except on image files: the image decoder does not work.');
  return works('engine', 'onnx-wasm') ? said('Ready to train: every check passed.') : said('Ready to train.');
}
