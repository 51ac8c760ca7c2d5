/** Connects the page of translated images to the extension host. */
import type {
  FromTranslationPage,
  ToTranslationPage,
  Translation,
} from '../../src/shared/translation-protocol';
import { connectToHost } from '../shared/host-connection';

export const { send, keep, listen } = connectToHost<FromTranslationPage, ToTranslationPage, Translation>();
