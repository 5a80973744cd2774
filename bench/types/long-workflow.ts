import { fileURLToPath } from 'node:url';
import { KINDS, type Kind } from './kinds.ts';

/** Where a generated workflow finds its beginning, its tasks and the language. */
const SUBJECT = fileURLToPath(new URL('subject.ts', import.meta.url));

/** Steps until every kind has had its turn: only lengths that are multiples of it have the same mixture. */
export const ROUND = Object.keys(KINDS).length;

/** Steps of these kinds in turn. */
export interface Chain {
  readonly chain: string;
  readonly kinds: readonly Kind[];
}

/** Every kind in turn, as in a real workflow, and each alone. */
export const CHAINS: readonly Chain[] = [
  { chain: 'every kind in turn', kinds: Object.values(KINDS) },
  ...Object.entries(KINDS).map(([chain, kind]) => ({ chain, kinds: [kind] })),
];

/** The source of one workflow for each chain, with so many steps each. */
export function longWorkflows(chains: readonly Chain[], steps: number): string {
  return [
    `import { type Call, type Expression, at, begin, child, concat, count, dynamodb, equals, howMany, integration, orElse, task, z } from ${JSON.stringify(SUBJECT)};`,
    ...chains.flatMap(({ kinds }, index) => longWorkflow(kinds, { steps, subject: `subject${index}` })),
    '',
  ].join('\n');
}

function longWorkflow(
  kinds: readonly Kind[],
  { steps, subject }: { readonly steps: number; readonly subject: string },
): readonly string[] {
  let before = 's.input.name';
  const parts = Array.from({ length: steps }, (_, index) => {
    const kind = kinds[index % kinds.length] as Kind;
    const name = `${subject}Step${index + 1}`;
    const step = `  ${kind.step(name, before)}`;
    if (kind.text) before = kind.text(name);
    return { declared: kind.declares?.(name) ?? '', step };
  });
  return [
    ...parts.map(({ declared }) => declared),
    `export const ${subject} = begin()`,
    ...parts.map(({ step }) => step),
    `  .returns((s) => ({ total: 1, why: ${before} }));`,
  ];
}
