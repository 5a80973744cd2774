/** What a JSONPath reads outside the state's input, and why it is none. */
export interface PathReading {
  readonly variables: ReadonlySet<string>;
  /** Parts of the context object, `Execution.Id`. */
  readonly contextParts: readonly string[];
  readonly fault: string | undefined;
}

/** `$` the input, `$$` the context object, `$name` a variable. */
const HEAD = /^\$(?<head>\$|\p{ID_Start}\p{ID_Continue}*)?/u;
const NAME = /^\.(?<deep>\.)?(?<name>\*|[^.[\]()\s]+(?: [^.[\]()\s]+)*)?(?<call>\(\))?/u;
const PLAIN = /^(?:\d+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")$/;

/**
 * Reads a path of the states language.
 * @param reference Whether it must be a reference path, which names exactly one place of the input or of a variable
 * (ASL specification, "Reference Paths").
 */
export function readPath(text: string, reference: boolean): PathReading {
  const head = HEAD.exec(text);
  if (head === null) return { variables: new Set(), contextParts: [], fault: "a path begins with '$'" };
  const name = head.groups?.head;
  const rest = text.slice(head[0].length);
  const variables = new Set(name === undefined || name === '$' ? [] : [name]);
  const contextParts = name === '$' ? [namesOf(rest).join('.')] : [];
  const { fault, single } = readSegments(rest);
  if (fault !== undefined) return { variables, contextParts, fault };
  const bad = reference && (!single || name === '$');
  return {
    variables,
    contextParts,
    fault: bad
      ? "a reference path names one place by names and indices, without '*', '..', filters, slices or '$$'"
      : undefined,
  };
}

/** The names that segments begin with: `Execution`, `Id`. */
function namesOf(segments: string): readonly string[] {
  const [whole, dotted, quoted] = /^(?:\.(\w+)|\['([^']+)'\])/.exec(segments) ?? [];
  const name = dotted ?? quoted;
  return whole === undefined || name === undefined ? [] : [name, ...namesOf(segments.slice(whole.length))];
}

/** Whether every segment names one place; a fault when one cannot be read. */
function readSegments(text: string): { readonly fault: string | undefined; readonly single: boolean } {
  let single = true;
  for (let rest = text; rest !== '';) {
    if (rest.startsWith('[')) {
      const end = closing(rest);
      if (end < 0) return { fault: "a '[' is not closed", single };
      const inner = rest.slice(1, end).trim();
      if (inner === '') return { fault: "there is nothing between '[' and ']'", single };
      single &&= PLAIN.test(inner);
      rest = rest.slice(end + 1);
      continue;
    }
    const segment = NAME.exec(rest);
    const { deep, name, call } = segment?.groups ?? {};
    // `..[0]` has no name of its own.
    const bare = deep !== undefined && rest.startsWith('..[');
    if (segment === null || (name === undefined && !bare))
      return { fault: `it cannot be read from '${rest.slice(0, 20)}' on`, single };
    single &&= deep === undefined && call === undefined && name !== '*';
    rest = rest.slice(segment[0].length);
  }
  return { fault: undefined, single };
}

/** The index of the `]` that closes the first `[`; -1 when none does. */
function closing(text: string): number {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== '') {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '[') depth++;
    else if (character === ']' && --depth === 0) return index;
  }
  return -1;
}
