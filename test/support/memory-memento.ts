/** VS Code's memento, in memory. */
import type { Memento } from 'vscode';

export function memoryMemento(): Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key: string) => {
      const text = values.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    update: async (key, value) => void values.set(key, JSON.stringify(value)),
  };
}
