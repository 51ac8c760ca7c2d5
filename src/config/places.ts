/** Maps problems to their source: a position in the file, or the override that set the value. */
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { ConfigProblem } from './config-error';
import { TOO_LARGE, type ValueProblem } from './issues';
import type { JsonPath } from './json-path';
import { pathText, startsWith } from './json-path';
import type { JsonText } from './json-text';
import type { Override } from './overrides';

/** Problem for a text that is not a valid override. */
export function notAnOverride(text: string): ConfigProblem {
  return {
    file: `--set ${text}`,
    path: '',
    message: localizable('Expected {0}, found {1}.', 'key=value', JSON.stringify(text)),
  };
}

/** @param json the file's text, where the problem can be located in one */
export function placed(
  { path, atKey, message, isMissing, suggestion, elsewhere }: ValueProblem,
  file: string,
  json: JsonText | undefined,
  overrides: readonly Override[],
): ConfigProblem {
  const override = sourceOf(path, json, overrides);
  const written = override === undefined ? json?.scalarText(path) : undefined;
  const position =
    override === undefined ? (atKey === true ? json?.keyPositionOf(path) : json?.positionOf(path)) : {};
  return {
    file: override === undefined ? file : `--set ${override.text}`,
    ...position,
    path: pathText(path),
    message: written === undefined ? message : asWritten(message, written),
    ...(isMissing === undefined ? {} : { isMissing }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}

/** A number too large to represent parses as infinity; the message shows the source text instead. */
function asWritten({ text, values }: LocalizableText, written: string): LocalizableText {
  return { text, values: values.map((value) => (value === TOO_LARGE ? written : value)) };
}

/** Returns the last override that set the value, or that created the object in which something is missing. */
function sourceOf(
  path: JsonPath,
  json: JsonText | undefined,
  overrides: readonly Override[],
): Override | undefined {
  const writer = overrides.findLast((override) => startsWith(path, override.path));
  if (writer !== undefined || json?.has(path) === true) return writer;
  const parent = path.length > 1 ? path.slice(0, -1) : path;
  return overrides.findLast((override) => startsWith(override.path, parent));
}
