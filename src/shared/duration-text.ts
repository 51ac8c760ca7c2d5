/** Elapsed and remaining training times in words, no more precise than they are worth: the same in all views. */
import { type LocalizableText, localizable } from './localizable-text';

/** For instance `40 s`, `12 min`, `2 h 5 min`. */
export function durationInWords(seconds: number): LocalizableText {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return localizable('{0} s', whole);
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return localizable('{0} min', minutes);
  return localizable('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
