import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/** Tasks that wait for their token, but give it to nobody; and states that read a token that nobody waits for. */
export const checkTokens: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    if (!waitsForToken(state)) return mayWait(state) ? [] : readsToken(state);
    if (givesToken(state)) return [];
    const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
    const token = state.language === 'JSONata' ? "'{% $states.context.Task.Token %}'" : "'$$.Task.Token'";
    return [
      {
        code: 'token-not-passed',
        ...at(state, `/${field}`),
        problem: 'the task waits for its token to be sent back, but does not pass it on',
        remedy: `put ${token} into ${field}`,
      },
    ];
  });

/** Source: developer guide, "Accessing execution data from the Context object": `Task.Token` only with `.waitForTaskToken`. */
const readsToken = (state: StateNode): readonly Fault[] =>
  state.reads
    .filter(({ text }) =>
      state.language === 'JSONata'
        ? JSONATA_READ.test(withoutTexts(text)) && !JSONATA_ASKED.test(text)
        : JSONPATH_READ.test(text),
    )
    .map(({ place }) => ({
      code: 'no-token',
      ...at({ name: state.name, place }),
      problem: 'it reads a task token, which only a call that waits for one has',
      remedy: 'make it the Task with .waitForTaskToken, or leave the token out',
    }));

/** A Resource that cannot be read, or that a template has yet to fill in, may be one that waits. */
function mayWait({ type, value }: StateNode): boolean {
  if (type !== 'Task') return false;
  const resource = resourceOf(value.Resource);
  if (resource === undefined || resource.kind === 'placeholder') return true;
  return 'pattern' in resource && !['', '.sync', '.sync:2'].includes(resource.pattern);
}

const JSONATA_READ = /\$states\s*\.\s*context\s*\.\s*Task\s*\.\s*Token\b/;
const JSONATA_ASKED = /\$exists\(\s*\$states\s*\.\s*context\s*\.\s*Task\s*\.\s*Token\s*\)/;
const JSONPATH_READ = /\$\$(?:\.Task|\['Task'\])(?:\.Token\b|\['Token'\])/;

/** A token that is only spoken of. */
const withoutTexts = (text: string): string => text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');

/** Whether a Task goes on only when its token comes back. */
export function waitsForToken({ type, value }: StateNode): boolean {
  const resource = type === 'Task' ? resourceOf(value.Resource) : undefined;
  return resource !== undefined && 'pattern' in resource && resource.pattern === '.waitForTaskToken';
}

/** The token itself, the task or the whole context object: all carry it. */
const JSONATA_TOKEN = /\bcontext\s*(?:\.\s*Task\s*(?:\.\s*Token\b|(?!\s*[.\w]))|(?!\s*[.[\w]))/;
const JSONPATH_TOKEN = /\$\$(?:\.Task(?:\.Token\b|(?![.\w[]))|\['Task'\]|(?![.\w[]))/;

function givesToken({ language, reads }: StateNode): boolean {
  const [token, field] =
    language === 'JSONata' ? [JSONATA_TOKEN, 'Arguments'] : [JSONPATH_TOKEN, 'Parameters'];
  // Without Parameters the input is passed as it is, and may hold a token that InputPath picked.
  return reads.some((read) => (read.field === field || read.field === 'InputPath') && token.test(read.text));
}
