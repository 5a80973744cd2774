import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/** Tasks that wait for their token, but give it to nobody. */
export const checkTokens: Check = ({ states }) =>
  states
    .filter((state) => waitsForToken(state) && !givesToken(state))
    .map((state): Fault => {
      const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
      const token = state.language === 'JSONata' ? "'{% $states.context.Task.Token %}'" : "'$$.Task.Token'";
      return {
        code: 'token-not-passed',
        ...at(state, `/${field}`),
        problem: 'the task waits for its token to be sent back, but does not pass it on',
        remedy: `put ${token} into ${field}`,
      };
    });

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
