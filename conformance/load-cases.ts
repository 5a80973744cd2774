import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A case as a file has it, whatever that is. */
export interface FoundCase {
  /** What its file is named for. */
  readonly area: string;
  /** The file, and the place in it: for cases that tell no id. */
  readonly place: string;
  readonly content: unknown;
}

/** The cases of a file, or of every file of a folder that holds executions. */
export function loadCases(path: string): readonly FoundCase[] {
  if (!statSync(path).isDirectory()) return casesOf(path);
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => casesOf(join(path, name)).filter(({ content }) => isExecution(content)));
}

function casesOf(file: string): readonly FoundCase[] {
  const name = basename(file, '.json');
  const content = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  return (Array.isArray(content) ? content : [content]).map((found: unknown, index) => ({
    area: name.split('-')[0] as string,
    place: `${name}[${index}]`,
    content: found,
  }));
}

/** A folder may also hold cases of other APIs: they are of no execution. */
const isExecution = (content: unknown): boolean =>
  typeof content === 'object' &&
  content !== null &&
  ['taskReplies', 'executionArn', 'stateMachineArn'].some((field) => field in content);
