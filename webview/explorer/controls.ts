/** The small controls of the explorer: a slider with its value, a drop-down list, a numbered latent. */
import type { LatentEnd } from '../../src/shared/explorer-protocol';
import { element, iconButton } from '../shared/dom';
import { t } from '../shared/texts';

export interface Slider {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  show(value: number): void;
}

/** @param says formats the value next to the slider */
export function slider(
  label: string,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number },
  says: (value: number) => string,
  onInput: (value: number) => void,
): Slider {
  const input = element('input', {
    type: 'range',
    min: String(min),
    max: String(max),
    step: String(step),
    'aria-label': label,
  });
  const output = element('output', { class: 'value' });
  const say = (value: number): void => {
    output.textContent = says(value);
    input.setAttribute('aria-valuetext', says(value));
  };
  input.addEventListener('input', () => {
    say(input.valueAsNumber);
    onInput(input.valueAsNumber);
  });
  return {
    root: element(
      'label',
      { class: 'slider' },
      element('span', { class: 'slider-name' }, label),
      input,
      output,
    ),
    input,
    show(value) {
      input.value = String(value);
      say(value);
    },
  };
}

export function choice(
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
  chosen: string,
  onChoose: (value: string) => void,
): HTMLSelectElement {
  const select = element(
    'select',
    { 'aria-label': label },
    ...options.map(({ value, text }) => element('option', { value, selected: value === chosen }, text)),
  );
  select.addEventListener('change', () => onChoose(select.value));
  return select;
}

/** Exclusive upper limit on the numbers of random latents. */
const MAX_SEED = 100_000;

export function randomSeed(): number {
  return Math.floor(Math.random() * MAX_SEED);
}

/** A latent by its number, which can be entered or drawn at random, or by the image that it was found for. */
export function seedField(label: string, onSeed: (seed: number) => void) {
  const input = element('input', {
    type: 'number',
    class: 'seed',
    min: '0',
    max: String(Number.MAX_SAFE_INTEGER),
    step: '1',
    'aria-label': label,
  });
  const name = element('span', { class: 'found-name', hidden: true });
  const dice = iconButton('refresh', t('{0}: new random latent', label), () => onSeed(randomSeed()));
  input.addEventListener('change', () => {
    if (input.checkValidity() && input.value !== '') onSeed(input.valueAsNumber);
  });
  return {
    root: element(
      'span',
      { class: 'seed-field' },
      element('span', { class: 'slider-name' }, label),
      input,
      name,
      dice,
    ),
    show(end: LatentEnd): void {
      const isFound = typeof end !== 'number';
      input.hidden = isFound;
      name.hidden = !isFound;
      if (isFound) name.textContent = end.name;
      else showSeed(end);
    },
  };

  function showSeed(seed: number): void {
    if (document.activeElement !== input || input.valueAsNumber !== seed) input.value = String(seed);
  }
}
