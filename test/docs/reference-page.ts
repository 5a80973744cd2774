import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Documented, exportedNames, partsOf, verbs } from './public-surface.ts';

const HEAD = `# Reference

Everything that \`src/dsl/index.ts\` exports, and every verb, each with an example. The page is made of the docstrings, so an editor shows the same; to change it, change them and run \`npm run docs\`. Every example is compiled and run by the tests. Begin with [the guide](language.md).

How to read the examples:

- \`// {% … %}\` is the JSONata that an expression becomes, \`// → …\` what a workflow or an expression gives when it runs, and \`// refuses: …\` the error.
- The JSON below an example shows states of the compiled machine. \`"…"\` stands for what is left out.
- \`flow\`, \`order\` and the tasks are those of [examples.ts](examples.ts). An operator stands inside a callback, \`({ input }) => …\`, where \`input\` is this order:

`;

/** The reference as markdown, before it is formatted. */
export function referencePage(): string {
  const exported = exportedNames();
  const groups = [...new Set(exported.map(({ group }) => group))];
  const [first = '', ...rest] = groups;
  const inGroup = (group: string) =>
    [false, true].flatMap((types) => exported.filter((one) => one.group === group && one.isType === types));
  const sections = [
    section(first, inGroup(first)),
    section('Verbs', verbs()),
    ...rest.map((group) => section(group, inGroup(group))),
  ];
  const contents = [first, 'Verbs', ...rest].map((title) => `[${title}](#${slugOf(title)})`).join(' · ');
  return `${HEAD}\`\`\`ts\n${orderOfExamples()}\n\`\`\`\n\n${contents}\n\n${sections.join('\n')}`;
}

/** The anchor that a heading gets. */
const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[:,]/g, '').replaceAll(' ', '-');

const section = (title: string, entries: readonly Documented[]): string =>
  `## ${title}\n\n${entries.map((one) => entry(one)).join('\n')}`;

function entry({ name, isType, group, doc }: Documented): string {
  const { text, example, throws } = partsOf(doc);
  const title = `${group === 'Verbs' ? '.' : ''}${name}`;
  const refusal = throws === '' ? '' : `Throws ${unwrapped(throws)}\n\n`;
  return `### \`${title}\`${isType ? ' (type)' : ''}\n\n${unwrapped(text)}\n\n${refusal}${example}\n`;
}

/** Each paragraph on a line of its own. */
const unwrapped = (text: string): string => text.replaceAll(/([^\n])\n(?!\n)/g, '$1 ');

function orderOfExamples(): string {
  const source = readFileSync(fileURLToPath(new URL('../../docs/examples.ts', import.meta.url)), 'utf8');
  return /^export const order = [^]*?^\} as const;/m.exec(source)?.[0].replace('export ', '') ?? '';
}
