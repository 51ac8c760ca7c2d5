/** Shorthand for creating elements; text is never parsed as markup. */
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Creates an element with children and attributes: `true` sets one without value, `false` and `undefined` omit it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (typeof value === 'string') made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** A VS Code icon, hidden from screen readers; the name may be followed by further classes. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** A button with only an icon; `title` is its accessible name and mentions its keyboard shortcut. */
export function iconButton(
  iconName: string,
  title: string,
  act: () => void,
): HTMLElementTagNameMap['vscode-toolbar-button'] {
  const made = element('vscode-toolbar-button', { icon: iconName, label: title, title });
  made.addEventListener('click', act);
  return made;
}
