/** In which language a page is written, and what depends on it beside its texts. */
import { formatText } from '../shared/localizable-text';
import type { Translate } from '../shared/translations';

export interface Wording {
  readonly t: Translate;
  /** Between sentences. */
  readonly joint: string;
  /** Returns links to the page in all languages, as a line at its top. */
  linkToOther(page: string): string;
}

/** Folder of the Chinese pages, beside the English ones. */
export const CHINESE_FOLDER = 'zh-cn';

export const english: Wording = {
  t: (text) => text,
  joint: ' ',
  linkToOther: (page) => `English · [简体中文](${CHINESE_FOLDER}/${page})`,
};

export function chinese(t: Translate): Wording {
  return { t, joint: '', linkToOther: (page) => `[English](../${page}) · 简体中文` };
}

export function paragraph(sentences: readonly string[], { t, joint }: Wording): string {
  return sentences.map((sentence) => t(sentence)).join(joint);
}

/** The text with values for its placeholders. */
export function filled(text: string, ...values: readonly string[]): string {
  return formatText({ text, values });
}

/** Anchor that GitHub and VS Code generate for a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s-]/gu, '')
    .replace(/\s/g, '-');
}
