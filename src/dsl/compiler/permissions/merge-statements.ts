import type { Conditions, Resource, Statement } from './statement.ts';

/**
 * The same permissions in as few statements as there are different sets of resources, in an order that does not
 * depend on the steps': each action once for each condition, on all the resources that it is for.
 */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const byAction = new Map<string, { action: string; resources: Resource[]; conditions?: Conditions }>();
  for (const { actions, resources, conditions } of statements)
    for (const action of actions) {
      const key = `${action} ${JSON.stringify(conditions ?? {})}`;
      const known = byAction.get(key) ?? { action, resources: [], ...(conditions ? { conditions } : {}) };
      known.resources.push(...resources);
      byAction.set(key, known);
    }
  const byResources = new Map<string, Statement>();
  for (const key of [...byAction.keys()].sort()) {
    const one = byAction.get(key);
    if (one === undefined) continue;
    const { action, conditions } = one;
    const resources = distinct(one.resources);
    const on = JSON.stringify([resources, conditions ?? {}]);
    const actions = [...(byResources.get(on)?.actions ?? []), action];
    byResources.set(on, { actions, resources, ...(conditions ? { conditions } : {}) });
  }
  return [...byResources.values()];
}

/** Each once and sorted; whoever may do it to any resource may do it to each. */
function distinct(resources: readonly Resource[]): readonly Resource[] {
  const any = resources.find(({ kind }) => kind === 'any');
  if (any) return [any];
  const byText = new Map(resources.map((resource) => [JSON.stringify(resource), resource]));
  return [...byText.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, resource]) => resource);
}
