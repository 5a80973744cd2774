import type { Json } from '../../../asl/machine.ts';
import type { PathStep } from './path-step.ts';

/** All values that the steps lead to from `value`; `root` is what `$` means within them. */
export function followSteps(steps: readonly PathStep[], value: Json, root: Json): Json[] {
  const found: Json[] = [];
  follow({ steps, root, found }, 0, value);
  return found;
}

interface Walk {
  readonly steps: readonly PathStep[];
  readonly root: Json;
  readonly found: Json[];
}

function follow(walk: Walk, at: number, value: Json): void {
  const step = walk.steps[at];
  if (step === undefined) {
    walk.found.push(value);
    return;
  }
  switch (step.kind) {
    case 'name':
      if (isObject(value) && Object.hasOwn(value, step.name)) follow(walk, at + 1, value[step.name] as Json);
      return;
    case 'index':
      element(walk, at, { value, index: step.index });
      return;
    case 'names':
      names(walk, at, { value, names: step.names });
      return;
    case 'indexes':
      for (const index of step.indexes) element(walk, at, { value, index });
      return;
    case 'slice':
      if (Array.isArray(value))
        for (const item of (value as readonly Json[]).slice(step.from, step.to)) follow(walk, at + 1, item);
      return;
    case 'wildcard':
      for (const item of children(value)) follow(walk, at + 1, item);
      return;
    case 'descent':
      descend(walk, at, value);
      return;
    case 'filter':
      // Of an object it is the object itself that is filtered, as in Java's.
      for (const item of Array.isArray(value) ? (value as readonly Json[]) : isObject(value) ? [value] : [])
        if (step.test(item, walk.root)) follow(walk, at + 1, item);
      return;
    case 'function': {
      const result = step.run(
        value,
        step.args.flatMap((argument) => argument(walk.root)),
      );
      if (result !== undefined) follow(walk, at + 1, result);
      return;
    }
  }
  step satisfies never;
}

function element(walk: Walk, at: number, { value, index }: { value: Json; index: number }): void {
  if (!Array.isArray(value)) return;
  const item = (value as readonly Json[]).at(index);
  if (item !== undefined) follow(walk, at + 1, item);
}

/** At the end of a path several names make one object of those that are there; before it, they are several ways. */
function names(walk: Walk, at: number, { value, names }: { value: Json; names: readonly string[] }): void {
  if (!isObject(value)) return;
  const present = names.filter((name) => Object.hasOwn(value, name));
  if (at === walk.steps.length - 1)
    follow(walk, at + 1, Object.fromEntries(present.map((name) => [name, value[name] as Json])));
  else for (const name of present) follow(walk, at + 1, value[name] as Json);
}

function descend(walk: Walk, at: number, value: Json): void {
  const next = walk.steps[at + 1];
  // A filter behind `..` asks every object, wherever it stands.
  if (next?.kind !== 'filter') follow(walk, at + 1, value);
  else if (isObject(value) && next.test(value, walk.root)) follow(walk, at + 2, value);
  for (const child of children(value))
    if (typeof child === 'object' && child !== null) descend(walk, at, child);
}

function children(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  return isObject(value) ? Object.values(value) : [];
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
