/** The one-sentence summary of `gan doctor`: whether this machine can train. */

import { isOrdinary } from '../engine/definition';
import { engines } from '../engine/registry';
import type { DoctorLine } from '../shared/cli-protocol';
import { type LocalizableText, localizable } from '../shared/localizable-text';

/** @param records the results of all checks */
export function verdictOf(records: readonly DoctorLine[]): DoctorLine {
  const works = (type: DoctorLine['type'], name?: string): boolean =>
    records.some(
      (record) => record.type === type && record.ok && (name === undefined || record.name === name),
    );
  const ok = works('engine') && works('cache');
  return { type: 'verdict', ok, said: sentence(ok, works) };
}

function sentence(ok: boolean, works: (type: DoctorLine['type'], name?: string) => boolean): LocalizableText {
  if (!ok)
    return works('engine')
      ? localizable('Problems: datasets cannot be cached on this machine.')
      : localizable('Problems: no engine works on this machine.');
  const tried = engines.filter(isOrdinary);
  if (!tried.some(({ name, isLastResort }) => !isLastResort && works('engine', name)))
    return localizable('Ready to train, but slowly: only the WebAssembly engine works.');
  if (!works('decoder'))
    return localizable('Ready to train, except on image files: the image decoder does not work.');
  return engines.every(({ name }) => works('engine', name))
    ? localizable('Ready to train: every check passed.')
    : localizable('Ready to train.');
}
