import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkClaims } from './check-claims.ts';
import { ExampleFolder } from './example-folder.ts';
import { type Documented, exportedNames, partsOf, verbs } from './public-surface.ts';
import { statementsOfMarkdown } from './statement.ts';

const documented = [...exportedNames(), ...verbs()].map(({ doc, ...one }) => {
  const { text, example } = partsOf(doc);
  return { ...one, text, statements: statementsOfMarkdown(example) };
});
const folder = new ExampleFolder();
const fileOf = ({ group, name, isType }: Omit<Documented, 'doc'>) =>
  `${group === 'Verbs' ? 'verb' : isType ? 'type' : 'value'}-${name}`;

const head = [
  "import * as z from 'zod';",
  `import { type DynamoDB } from '@aws-sdk/client-dynamodb';`,
  `import { ${exportedNames()
    .map(({ name, isType }) => (isType ? `type ${name}` : name))
    .join(', ')} } from 'src/dsl/index.ts';`,
  "import { Order, archive, ask, charge, dynamodb, flow, order, refund, reserve, ship, track, world } from 'docs/examples.ts';",
].join('\n');

beforeAll(() => {
  for (const one of documented) folder.write(fileOf(one), one.statements, head);
});
afterAll(() => folder.remove());

describe('what is exported', () => {
  it.each(documented)('$name is described, with an example', ({ text, statements }) => {
    expect(text).toMatch(/^[A-Z'"`][^]*[.:]$/);
    expect(statements).not.toEqual([]);
  });

  it.each(documented.filter(({ isType }) => !isType))(
    '$name says what its example becomes or gives',
    (one) => {
      const claims = one.statements.filter((statement) => Object.keys(statement).length > 1);
      expect(claims).not.toEqual([]);
    },
  );

  it('has examples that the type checker accepts', () => {
    expect(folder.typeFaults()).toBe('');
  });

  it.each(documented)('$name does what its example says', async (one) => {
    const values = await folder.load(fileOf(one));
    for (const [index, valueOf] of values) {
      const statement = one.statements[index] ?? { code: '' };
      await expect(checkClaims(statement, valueOf)).resolves.toBeUndefined();
    }
  });
});
