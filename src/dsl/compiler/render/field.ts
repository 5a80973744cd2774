import { literalText } from './literal-text.ts';

const KEYWORDS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/**
 * A field's name as a step of a path, which stands after a dot. JSONata has no escapes within backticks, so a
 * name with a backtick, or with what a deployment would replace, is looked up.
 */
export function field(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name)) return name;
  return /`|\$\{/.test(name) ? `$lookup($, ${literalText(name)})` : `\`${name}\``;
}
