import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { variableReferences } from '../src/dsl/index.ts';
import type { Json } from '../src/dsl/asl/machine.ts';
import { installExcerpts } from './excerpted-clients.ts';
import { differenceFrom } from './same-as-recorded.ts';
import { testStateDifference, type TestStateCase } from './test-state-case.ts';

const { cases } = new Command('conformance-test-state')
  .description(
    'Runs recorded calls of TestState and DescribeStateMachine, and tells where they come out otherwise.',
  )
  .requiredOption('--cases <folder>', 'where teststate.json and variable-references.json are')
  .parse()
  .opts<{ readonly cases: string }>();
const folder = resolve(cases);
installExcerpts();

interface ReferencesCase {
  readonly id: string;
  readonly definition: unknown;
  readonly variableReferences: Json;
}

const calls = recorded('teststate.json') as readonly TestStateCase[];
await score('teststate.json', calls, (index) => testStateDifference(calls[index] as TestStateCase));

const described = recorded('variable-references.json') as readonly ReferencesCase[];
await score('variable-references.json', described, (index) => {
  const { definition, variableReferences: expected } = described[index] as ReferencesCase;
  return differenceFrom(expected, variableReferences(definition));
});

function recorded(name: string): readonly unknown[] {
  const file = join(folder, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[]) : [];
}

async function score(
  name: string,
  cases: readonly { readonly id: string }[],
  difference: (index: number) => Promise<string | undefined> | string | undefined,
): Promise<void> {
  let agreeing = 0;
  for (const [index, { id }] of cases.entries()) {
    const told = await difference(index);
    if (told === undefined) agreeing += 1;
    else console.log(`${id}\n    ${told}`);
  }
  console.log(`${name}: ${agreeing}/${cases.length}`);
}
