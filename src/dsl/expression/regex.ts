import jsonata from 'jsonata';
import type { RawNode } from '../ast/expression-node.ts';
import { DefinitionError } from '../ast/definition-error.ts';

/**
 * A regular expression as JSONata writes it. JSONata has the flags i and m, looks for every occurrence anyway, and
 * finds the end of one by its brackets. Step Functions runs it on a Java engine: keep to what both know.
 * @throws DefinitionError
 */
export function regexOf(pattern: RegExp): RawNode {
  const flags = pattern.flags.replace('g', '');
  if (/[^im]/.test(flags))
    throw new DefinitionError(
      `the regular expression ${String(pattern)} has flags that JSONata does not know; use only i, m and g`,
    );
  if (new RegExp(pattern.source, flags).test(''))
    throw new DefinitionError(
      `the regular expression ${String(pattern)} fits the empty text, which JSONata refuses; ` +
        `let it need a character`,
    );
  const text = `/${unsubstituted(pattern.source)}/${flags}`;
  if (!isRegex(text))
    throw new DefinitionError(
      `JSONata cannot read the regular expression ${String(pattern)}; write brackets and slashes that stand ` +
        `for themselves as \\x28, \\x5b, \\x7b or \\x2f`,
    );
  return { kind: 'raw', parts: [text], operands: [] };
}

/** A dollar before a brace by its code: a deployment replaces `${…}` wherever it stands in a definition. */
const unsubstituted = (source: string): string =>
  source.replaceAll(/\\?\$(?=\{)|\\[^]/g, (part) => (part.endsWith('$') ? '\\x24' : part));

function isRegex(text: string): boolean {
  try {
    const { type, value } = jsonata(text).ast() as { type: string; value: unknown };
    return type === 'regex' && value instanceof RegExp && `/${value.source}/` === text.replace(/[im]*$/, '');
  } catch {
    return false;
  }
}
