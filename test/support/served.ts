/** Tests the server of a viewer process through its port: sends it messages and waits for its answers. */
import type { ParentPort } from '../../src/worker/parent-port';

interface Typed {
  readonly type: string;
}

export interface Served<Said extends Typed, Told> {
  tell(message: Told): void;
  /** Takes messages of a type, each once, until one is wanted. */
  until<Type extends Said['type']>(
    type: Type,
    isWanted?: (message: Extract<Said, { readonly type: Type }>) => boolean,
  ): Promise<Extract<Said, { readonly type: Type }>>;
  /** Disconnects the server. */
  close(): void;
}

export function served<Said extends Typed, Told>(
  serve: (port: ParentPort<Said, Told>) => void,
): Served<Said, Told> {
  const said: Said[] = [];
  let wake: () => void = () => undefined;
  let listener: (message: Told) => void = () => undefined;
  let close: () => void = () => undefined;
  serve({
    send(message) {
      said.push(message);
      wake();
    },
    onMessage: (given) => {
      listener = given;
    },
    onClose: (given) => {
      close = given;
    },
    loading: (load) => load(),
  });
  return {
    tell: (message) => listener(message),
    close: () => close(),
    async until<Type extends Said['type']>(
      type: Type,
      isWanted: (message: Extract<Said, { readonly type: Type }>) => boolean = () => true,
    ) {
      const isOfType = (message: Said): message is Extract<Said, { readonly type: Type }> =>
        message.type === type;
      for (;;) {
        const found = said.find(isOfType);
        if (found === undefined)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        else {
          said.splice(said.indexOf(found), 1);
          if (isWanted(found)) return found;
        }
      }
    },
  };
}
