/**
 * The body of a Python function: one assignment for each value, whose variables are named when all are known, so that a
 * name is used again once its value is not needed any more.
 */

/** A value of the script, before it has a name. */
export interface Variable {
  readonly index: number;
}

/** Text with variables in it. */
export type Expression = readonly (string | Variable)[];

/** Template literals of expressions. */
export function python(
  parts: TemplateStringsArray,
  ...values: readonly (Expression | Variable | string | number)[]
): Expression {
  return parts.flatMap((part, i): Expression => {
    const value = values[i];
    if (value === undefined) return [part];
    if (typeof value === 'string' || typeof value === 'number') return [part, String(value)];
    return 'index' in value ? [part, value] : [part, ...value];
  });
}

/** Text for a docstring, whatever a run from elsewhere is called: it neither ends the string nor escapes anything. */
export function docText(text: string): string {
  return text.replaceAll(/[\\"\p{Cc}]/gu, '_');
}

export class Script {
  readonly #expressions: Expression[] = [];
  /** Names of the parameters; the first variables. */
  readonly #parameters: readonly string[];

  constructor(parameters: readonly string[]) {
    this.#parameters = parameters;
  }

  parameter(name: string): Variable {
    return { index: this.#parameters.indexOf(name) };
  }

  assign(expression: Expression): Variable {
    this.#expressions.push(expression);
    return { index: this.#parameters.length + this.#expressions.length - 1 };
  }

  /** The statements, the last of which returns `result`. */
  lines(result: Expression): string[] {
    const all = [...this.#expressions, result];
    const lastUses = new Map<number, number>();
    all.forEach((expression, at) => {
      for (const { index } of variablesOf(expression)) lastUses.set(index, at);
    });
    const names = new Map(this.#parameters.map((name, index) => [index, name]));
    const text = (expression: Expression): string =>
      expression.map((part) => (typeof part === 'string' ? part : (names.get(part.index) ?? '?'))).join('');
    const lines = this.#expressions.flatMap((expression, at) => {
      const index = this.#parameters.length + at;
      if (!lastUses.has(index)) return [];
      const right = text(expression);
      for (const used of variablesOf(expression))
        if (lastUses.get(used.index) === at) names.delete(used.index);
      const name = freeName(new Set(names.values()));
      names.set(index, name);
      return [`${name} = ${right}`];
    });
    return [...lines, `return ${text(result)}`];
  }
}

function variablesOf(expression: Expression): Variable[] {
  return expression.filter((part) => typeof part !== 'string');
}

function freeName(taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? 'x' : `x${i}`;
    if (!taken.has(name)) return name;
  }
}
