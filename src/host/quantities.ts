/** Human-readable counts, durations and ages, localised. */
import { env, l10n } from 'vscode';
import { durationInWords } from '../shared/duration-text';
import { translated } from './localized-texts';

export function countText(count: number): string {
  return Math.round(count).toLocaleString(env.language);
}

/** Formats an elapsed or remaining training time: `40 s`, `12 min`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  return translated(durationInWords(seconds));
}

function minutesSince(iso: string, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(iso)) / 60_000));
}

/** Formats an age in the largest unit that fits, for narrow rows: `3 min`. */
export function ageText(sinceIso: string, nowMs: number): string {
  const minutes = minutesSince(sinceIso, nowMs);
  if (minutes < 1) return l10n.t('now');
  if (minutes < 60) return l10n.t('{0} min', minutes);
  if (minutes < 24 * 60) return l10n.t('{0} h', Math.floor(minutes / 60));
  return l10n.t('{0} d', Math.floor(minutes / (24 * 60)));
}

/** Formats an age in words: `2 hours ago`. */
export function agoText(sinceIso: string, nowMs: number): string {
  const minutes = minutesSince(sinceIso, nowMs);
  if (minutes < 1) return l10n.t('just now');
  const words = new Intl.RelativeTimeFormat(env.language);
  if (minutes < 60) return words.format(-minutes, 'minute');
  if (minutes < 24 * 60) return words.format(-Math.floor(minutes / 60), 'hour');
  return words.format(-Math.floor(minutes / (24 * 60)), 'day');
}
