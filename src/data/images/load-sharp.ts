/** Loads the image decoder on first use: it is native code that not every run needs. */
import type sharp from 'sharp';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';

export type Sharp = typeof sharp;

let loaded: Promise<Sharp> | undefined;

/** Throws `DataError` if it is not available for this platform. */
export function loadSharp(): Promise<Sharp> {
  loaded ??= (async () => {
    try {
      const { default: library } = await import('sharp');
      // Each image is decoded once, several concurrently: neither caching nor multithreading within an image would
      // help.
      library.cache(false);
      library.concurrency(1);
      return library;
    } catch (error) {
      throw new DataError(
        localizable(
          'Images cannot be decoded: the package sharp cannot be loaded ({0}).',
          describeError(error).split('\n')[0] ?? '',
        ),
        localizable('Install it next to the `gan` command: npm install --include=optional sharp.'),
        { cause: error },
      );
    }
  })();
  return loaded;
}
