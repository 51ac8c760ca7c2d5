/** Where a person writes what they think of a run: a name, tags and a note. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { RunLabels } from '../../src/shared/run-format';
import { element } from '../shared/dom';
import { t } from '../shared/texts';

export interface LabelsForm {
  readonly root: HTMLElement;
  focus(): void;
}

/** `placeholder` is the name that the run has without one. Control with Enter saves, Escape gives up. */
export function labelsForm(
  labels: RunLabels,
  placeholder: string,
  onSave: (labels: RunLabels) => void,
  onCancel: () => void,
): LabelsForm {
  const name = element('vscode-textfield', { placeholder, value: labels.name ?? '' });
  const tags = element('vscode-textfield', {
    placeholder: t('separated by commas'),
    value: labels.tags.join(', '),
  });
  const note = element('vscode-textarea', {
    placeholder: t('Note about this run'),
    rows: '3',
  });
  note.value = labels.note;
  const save = (): void => {
    const { name: _, ...others } = labels;
    const given = name.value.trim();
    onSave({
      ...others,
      ...(given === '' ? {} : { name: given }),
      // The host knows what a tag is.
      tags: tags.value.split(','),
      note: note.value.trim(),
    });
  };
  const saveButton = element('vscode-button', {}, t('Save'));
  saveButton.addEventListener('click', save);
  const cancelButton = element('vscode-button', { secondary: true }, t('Cancel'));
  cancelButton.addEventListener('click', onCancel);
  const field = (title: string, input: HTMLElement & { label: string }): HTMLElement => {
    // What a screen reader says; it is no attribute of these elements.
    input.label = title;
    return element(
      'div',
      { class: 'field' },
      element('span', { class: 'field-title', 'aria-hidden': 'true' }, title),
      input,
    );
  };
  const root = element(
    'div',
    { class: 'labels-form', role: 'form', 'aria-label': t('Name, tags and note') },
    field(t('Name'), name),
    field(t('Tags'), tags),
    field(t('Note'), note),
    element('div', { class: 'form-buttons' }, saveButton, cancelButton),
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.target !== note || event.ctrlKey || event.metaKey)) {
      if (event.target === cancelButton || event.target === saveButton) return;
      save();
    } else return;
    event.preventDefault();
  });
  // The element has an input to focus only when it has been drawn.
  return { root, focus: () => void name.updateComplete.then(() => name.focus()) };
}
