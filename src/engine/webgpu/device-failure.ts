/** What the runtime says about a graphics card that fails, and what to do: its words are all there is. */
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { EngineError } from '../engine-error';

/**
 * As Dawn, Vulkan, Direct3D 12 and Metal put it. The runtime prints that an allocation has failed, and the error that
 * reaches us is the use of the invalid buffer.
 */
const OUT_OF_MEMORY =
  /invalid buffer|exceeds the max|out[ _-]?of[ _-]?(?:\w+[ _-])?memory|allocation size too large|failed to allocate|insufficient memory/i;
const LOST =
  /device (?:is |was )?lost|lost (?:the )?device|device[ _]removed|device[ _]hung|device[ _]reset/i;

/** Whether the device is to blame, rather than what it was asked to compute. */
export function isDeviceTrouble(error: unknown): boolean {
  return [OUT_OF_MEMORY, LOST].some((pattern) => pattern.test(describeError(error)));
}

/** @param program that was compiled or run */
export function deviceFailure(program: string, cause: unknown): EngineError {
  const [reason = ''] = describeError(cause).trim().split('\n');
  if (OUT_OF_MEMORY.test(reason))
    return new EngineError(
      localizable(
        'The memory of the graphics card is not sufficient for the program {0}: {1}',
        program,
        reason,
      ),
      localizable(
        'Decrease "data.batchSize" or the networks, close other programs that use the card, or use the engine "onnx".',
      ),
      { cause },
    );
  return new EngineError(
    LOST.test(reason)
      ? localizable('The graphics card stopped working during the program {0}: {1}', program, reason)
      : localizable('The graphics card failed in the program {0}: {1}', program, reason),
    localizable(
      'Resume the run from its last checkpoint. If this happens again, update the driver of the card or use the engine "onnx".',
    ),
    { cause },
  );
}
