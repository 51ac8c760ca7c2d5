/** Whether a run goes on with the data that it began with: other data would be trained on without a word. */
import { DataError } from '../data/data-error';
import type { Dataset } from '../data/source';
import type { RunData } from '../shared/run-format';

/** What a run keeps of its data. */
export function runDataOf({ train, heldOut, unpairedInputs, fingerprint }: Dataset): RunData {
  return {
    examples: train.count,
    heldOut: heldOut.count,
    ...(unpairedInputs === undefined ? {} : { inputs: unpairedInputs.train.count }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/**
 * Throws `DataError` where the data is not what the run has recorded.
 * @param recorded undefined in runs of the first version, which go on as they did
 */
export function checkSameData(recorded: RunData | undefined, found: RunData): void {
  if (recorded === undefined) return;
  const counts = (['examples', 'heldOut', 'inputs'] as const).filter((key) => recorded[key] !== found[key]);
  const isOther =
    recorded.fingerprint !== undefined &&
    found.fingerprint !== undefined &&
    recorded.fingerprint !== found.fingerprint;
  if (counts.length === 0 && !isOther) return;
  throw new DataError(
    counts.length === 0
      ? `The data has changed since the run began: there are ${found.examples} examples to train on as before, but not the same ones.`
      : `The data has changed since the run began: it had ${describe(recorded)}, and now has ${describe(found)}.`,
    'Bring back the data that the run was made with, or start a new run of the experiment.',
  );
}

function describe({ examples, heldOut, inputs }: RunData): string {
  return `${examples} examples to train on${inputs === undefined ? '' : `, ${inputs} inputs`} and ${heldOut} held out`;
}
