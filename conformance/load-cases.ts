import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CorpusCase } from './corpus-case.ts';

/** A case with the area that its file is named for. */
export interface AreaCase extends CorpusCase {
  readonly area: string;
}

/** The cases of a file, or of every file of a folder that holds executions. */
export function loadCases(path: string): readonly AreaCase[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(path, name))
    : [path];
  return files.sort().flatMap((file) => {
    const content = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    if (!Array.isArray(content)) return [];
    const area = basename(file, '.json').split('-')[0] as string;
    return (content as readonly Partial<CorpusCase>[])
      .filter(isExecution)
      .map((found) => ({ ...found, area }));
  });
}

/** The folder also has cases of other APIs, which are not run. */
const isExecution = (found: Partial<CorpusCase>): found is CorpusCase =>
  found.taskReplies !== undefined && typeof found.definition === 'object';
