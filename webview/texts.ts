/** What the dashboard says, in the language of VS Code. The host puts the translations into the page. */

function readTranslations(): ReadonlyMap<string, string> {
  const content = document.querySelector('meta[name="texts"]')?.getAttribute('content') ?? '{}';
  const texts: Readonly<Record<string, string>> = JSON.parse(content);
  return new Map(Object.entries(texts));
}

const translations = readTranslations();

/** The translation of an English text, with `{0}`, `{1}`, … replaced by the values. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  const shown = translations.get(text) ?? text;
  return shown.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
