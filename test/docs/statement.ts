/** A statement of an example, and what stands beside it: what it becomes, and what it gives. */
export interface Statement {
  readonly code: string;
  /** What it becomes, from `// {% … %}`. */
  readonly jsonata?: string;
  /** What it gives, from `// → …`: JSON, or `fails with <error>: <cause>`. */
  readonly gives?: string;
  /** The words that it is refused with, from `// refuses: …`. */
  readonly refuses?: string;
  /** The JSON block below it. */
  readonly json?: string;
}

const CLAIM = /^(.*?)\s*\/\/ ((?:→|\{%|refuses: ).*)$/;

/** The statements of a code block; each begins at the margin, and its claims stand behind or below it. */
export function statementsOf(code: string): readonly Statement[] {
  const blocks: string[][] = [];
  for (const line of code.split('\n')) {
    const last = blocks.at(-1);
    if (last !== undefined && continues(line, last)) last.push(line);
    else blocks.push([line]);
  }
  return blocks.map((lines) => statementOf(lines.join('\n').trim())).filter(({ code }) => code !== '');
}

/** A claim below the statement goes on in the comments below it; any other comment begins the next statement. */
function continues(line: string, lines: readonly string[]): boolean {
  if (lines.every((before) => before.startsWith('//') || before === '')) return true;
  if (!line.startsWith('//')) return line === '' || /^[)\]}.\s]/.test(line);
  return (
    CLAIM.test(line) || (lines.at(-1)?.startsWith('//') === true && lines.some((one) => CLAIM.test(one)))
  );
}

function statementOf(text: string): Statement {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => CLAIM.test(line));
  if (at === -1) return { code: text };
  const [, before = '', claim = ''] = CLAIM.exec(lines[at] ?? '') ?? [];
  const code = [...lines.slice(0, at), before].join('\n').trimEnd();
  const more = lines.slice(at + 1).map((line) => line.replace(/^\/\/ ?/, ''));
  return { code, ...claimsOf([claim, ...more].join('\n')) };
}

function claimsOf(text: string): Omit<Statement, 'code'> {
  const [, refuses] = /^refuses: ([^]*)$/.exec(text) ?? [];
  if (refuses !== undefined) return { refuses: refuses.replaceAll(/\s+/g, ' ') };
  const [, jsonata, gives] = /^(\{% [^]* %\})?\s*(?:→ ([^]*))?$/.exec(text) ?? [];
  return {
    ...(jsonata === undefined ? {} : { jsonata: jsonata.replaceAll('\n', ' ') }),
    ...(gives === undefined ? {} : { gives }),
  };
}

/** A fenced block of markdown, by the last word of its heading: `ts`, or `fails` of `ts fails`. */
interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Also those that stand indented, in a list. */
export const fencesOf = (markdown: string): readonly Fence[] =>
  [...markdown.matchAll(/^( *)```(?:\w+ )?(\w+)\n([^]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
    }),
  );

/** The statements of a text's TypeScript blocks, each JSON block with the statement before it. */
export function statementsOfMarkdown(markdown: string): readonly Statement[] {
  const statements: Statement[] = [];
  for (const { language, text } of fencesOf(markdown)) {
    if (language === 'ts') statements.push(...statementsOf(text));
    const last = statements.at(-1);
    if (language === 'json' && last) statements.splice(-1, 1, { ...last, json: text });
  }
  return statements;
}
