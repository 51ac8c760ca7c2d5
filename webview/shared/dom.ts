/** A short way to make elements; text never becomes markup. */
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes (`true` is an attribute without value, `false` and `undefined` none) and children. */
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

/** An icon of VS Code, for the eye only; further classes may follow its name. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** A button that is an icon; `title` is its name and says which key does the same. */
export function iconButton(
  iconName: string,
  title: string,
  act: () => void,
): HTMLElementTagNameMap['vscode-toolbar-button'] {
  const made = element('vscode-toolbar-button', { icon: iconName, label: title, title });
  made.addEventListener('click', act);
  return made;
}
