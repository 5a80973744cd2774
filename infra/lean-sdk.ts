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
    // A class for every error of the service, each with the same body: the tasks go by an error's name.
    build.onLoad({ filter: /[/\\]client-[\w-]+[/\\]dist-es[/\\]models[/\\]errors\.js$/ }, ({ path }) => ({
      contents: withOneErrorClass(readFileSync(path, 'utf8')),
    }));
    // It encodes streams of events, which no operation called here takes or gives. What imports it when it is needed
    // would bring it in whole; the clients of Lambda and S3 ask for it at their making, whatever they are used for.
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'lean' },
    );
    build.onLoad({ filter: /event-streams$/, namespace: 'lean' }, () => ({
      contents:
        'export const eventStreamSerdeProvider = () => undefined;' +
        'export const resolveEventStreamSerdeConfig = (config) => config;',
    }));
    // A schema of zod knows how to become a JSON Schema, which no handler asks of it.
    build.onLoad(
      { filter: /[/\\]zod[/\\]v4[/\\]core[/\\](json-schema-processors|to-json-schema)\.js$/ },
      ({ path }) => ({
        contents: withoutBodies(readFileSync(path, 'utf8')),
      }),
    );
    // A client tells its version, and the rest of its package.json would come along.
    build.onLoad({ filter: /[/\\]@aws-sdk[/\\]client-[\w-]+[/\\]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** A module with the same exports, as functions that do nothing. */
const withoutBodies = (code: string): string =>
  [...code.matchAll(/^export (?:const|function) (\w+)/gm)]
    .map(([, name]) => `export const ${name} = () => ({});`)
    .join('\n');

/**
 * A module of a client's errors, whose classes are made by one function. What an error has beside its name, its fault
 * and whether it may be tried again is put into it by the client that reads the answer.
 */
function withOneErrorClass(code: string): string {
  const classes = code.matchAll(/^export class (\w+) extends __BaseException \{\n([^]*?)^\}/gm);
  const made = [...classes].map(([, name, body = '']) => {
    const fault = /\$fault = ("\w+");/.exec(body)?.[1];
    const retryable = /\$retryable = (\{[^]*?\});/.exec(body)?.[1] ?? 'undefined';
    return `export const ${name} = /* @__PURE__ */ named("${name}", ${fault}, ${retryable});`;
  });
  return [
    ...code.matchAll(/^import .*$/gm),
    `const named = (name, $fault, $retryable) => class extends __BaseException {
      $retryable = $retryable;
      constructor(given) { super({ name, $fault, ...given }); }
    };`,
    ...made,
  ].join('\n');
}

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
