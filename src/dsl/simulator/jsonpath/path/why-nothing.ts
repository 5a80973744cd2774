import type { Json, JsonObject } from '../../../asl/machine.ts';
import type { PathStep } from './path-step.ts';

const provider = 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider';

/** Why a path finds nothing, in the words of Jayway's JsonPath, which Step Functions' causes quote. */
export function whyNothing(steps: readonly PathStep[], start: Json | undefined): string {
  let value = start;
  let path = '$';
  // Behind an index past the end stands Java's null, which is no value of JSON.
  let pastEnd = false;
  for (const [at, step] of steps.entries()) {
    if (step.kind !== 'name' && step.kind !== 'index') break;
    const fragment = step.kind === 'name' ? `['${step.name}']` : `[${step.index}]`;
    if (step.kind === 'name') {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return (
          `Expected to find an object with property ${fragment} in path ${path} but found '${pastEnd ? 'null' : javaType(value)}'. ` +
          `This is not a json object according to the JsonProvider: '${provider}'.`
        );
      value = (value as JsonObject)[step.name];
      if (value === undefined && at < steps.length - 1) return `Missing property in path ${path}${fragment}`;
    } else {
      if (pastEnd) return `The path ${path} is null`;
      if (!Array.isArray(value))
        return `Filter: ${fragment} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`;
      value = (value as readonly Json[]).at(step.index);
      pastEnd = value === undefined;
    }
    if (value === undefined && !pastEnd) break;
    path += fragment;
  }
  return `No results for path: ${normalised(steps)}`;
}

function normalised(steps: readonly PathStep[]): string {
  const fragments = steps.map((step) =>
    step.kind === 'name' ? `['${step.name}']` : step.kind === 'index' ? `[${step.index}]` : '[*]',
  );
  return `$${fragments.join('')}`;
}

/** The class that Jackson has for a value. */
function javaType(value: Json | undefined): string {
  const name =
    value === null || value === undefined
      ? 'NullNode'
      : Array.isArray(value)
        ? 'ArrayNode'
        : { string: 'TextNode', boolean: 'BooleanNode', number: 'IntNode' }[typeof value as 'string'];
  return `com.fasterxml.jackson.databind.node.${name}`;
}
