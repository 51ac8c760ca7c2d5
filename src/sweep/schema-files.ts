/** The generated JSON schemas in `schemas/`, of all files that users write. */
import { EXPERIMENT_FORMAT, type FileFormat, schemaFilesOf, untranslatedTexts } from '../config/json-schema';
import { sweepSchema } from './sweep-schema';

const SWEEP_FORMAT: FileFormat = { name: 'gan-sweep', title: 'GAN Workbench sweep', schema: sweepSchema };

export const formats = [EXPERIMENT_FORMAT, SWEEP_FORMAT];

/** Contents by path. */
export function schemaFiles(): Readonly<Record<string, string>> {
  return Object.assign({}, ...formats.map(schemaFilesOf));
}

export function missingTranslations(): Readonly<Record<string, readonly string[]>> {
  return untranslatedTexts(formats);
}
