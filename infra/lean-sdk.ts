import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';

/** What the AWS SDK's packages would bring into every bundle, although no handler comes near it. */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup(build) {
    // A client describes its operations under computed keys, `{ [_h]: … }`, which might have effects in esbuild's
    // eyes: so all of Lambda's would be kept for the few that are called.
    build.onLoad({ filter: /[/\\]client-[\w-]+[/\\]dist-es[/\\]schemas[/\\]\w+\.js$/ }, ({ path }) => ({
      contents: withLiteralKeys(readFileSync(path, 'utf8')),
    }));
    // A module that is imported when it is needed comes in whole, with what it imports. These encode streams of
    // events, which no operation called here takes or gives.
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
    // A client tells its version, and the rest of its package.json would come along.
    build.onLoad({ filter: /[/\\]@aws-sdk[/\\]client-[\w-]+[/\\]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** A module's code with the names of its own text constants, where they are computed keys, written out. */
function withLiteralKeys(code: string): string {
  const constants = new Map(
    [...code.matchAll(/^const (\w+) = ("[^"\\\n]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return code.replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
