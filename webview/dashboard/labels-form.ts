/** Form for the user's labels of a run: a name, tags and a note. */
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

/** `placeholder` is the name of a run without a given one. Control+Enter saves, Escape cancels. */
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
      // Split only at commas; the host normalises tags.
      tags: tags.value.split(','),
      note: note.value.trim(),
    });
  };
  const saveButton = element('vscode-button', {}, t('Save'));
  saveButton.addEventListener('click', save);
  const cancelButton = element('vscode-button', { secondary: true }, t('Cancel'));
  cancelButton.addEventListener('click', onCancel);
  const field = (title: string, input: HTMLElement & { label: string }): HTMLElement => {
    // Read by screen readers; a property, since these elements have no such attribute.
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
  // The inner input exists only after rendering.
  return { root, focus: () => void name.updateComplete.then(() => name.focus()) };
}
