import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../src/dsl/asl/sdk-schema.ts';
import { sdkModel } from '../../src/dsl/asl/sdk-model.ts';
import { spelledPath } from '../../src/dsl/asl/sdk-naming.ts';
import type { Branch, State } from '../../src/dsl/asl/machine.ts';
import type { SdkCallNode } from '../../src/dsl/ast/step-node.ts';
import { callsOf, stepsOf } from '../../src/dsl/ast/walk-steps.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import { allWorkflows } from '../../src/workflow/all-workflows.ts';
import { sdkErrorSpellings, sdkSpellings } from '../../src/workflow/sdk-spellings.ts';

/** Every state of a machine, those of branches and iterations included. */
const statesOf = (branch: Branch): State[] =>
  Object.values(branch.States).flatMap((state) => [
    state,
    ...(state.Type === 'Parallel' ? state.Branches.flatMap(statesOf) : []),
    ...(state.Type === 'Map' ? statesOf(state.ItemProcessor) : []),
  ]);

const tasks = allWorkflows
  .flatMap((workflow) => statesOf(compile(workflow).machine))
  .filter((state) => state.Type === 'Task')
  .filter(({ Resource }) => Resource.includes(':aws-sdk:'));

const callOf = (resource: string) => resource.replace('arn:aws:states:::aws-sdk:', '');

/** The SDK calls of every workflow, each with the names that its results are read by. */
const reads = allWorkflows.flatMap(({ node }) =>
  stepsOf(node.flow).flatMap(({ step }) =>
    callsOf(step)
      .filter((call): call is SdkCallNode => call.kind === 'sdk')
      .map((call) => ({ call, paths: 'name' in step ? pathsInto(step.name, node) : [] })),
  ),
);

/** The paths of all references to a variable, wherever they are in a node. */
function pathsInto(variable: string, node: unknown): readonly (readonly string[])[] {
  if (typeof node !== 'object' || node === null) return [];
  const { kind, variable: named, path } = node as { kind?: string; variable?: string; path?: string[] };
  if (kind === 'reference' && named === variable) return [path ?? []];
  return Object.values(node).flatMap((inner) => pathsInto(variable, inner));
}

/** Names that an answer’s model does not have: the author’s own, in what stands for it after an error. */
const spelledNames = ({ service, action }: SdkCallNode, path: readonly string[]): readonly string[] => {
  const operation = sdkModel(service)?.operation(action);
  const schema = schemaOf(operation ?? [], 'output');
  const known = schema.kind === 'structure' && schema.bySdkName.has(path[0] ?? '');
  return known ? spelledPath(schema, path).path : [];
};

describe('each SDK call of a workflow', () => {
  it('has a record of where its spelling is confirmed, and there is none for a call that is not made', () => {
    const made = [...new Set(tasks.map(({ Resource }) => callOf(Resource)))].sort();
    expect(made).toEqual(Object.keys(sdkSpellings).sort());
  });

  it.each(Object.keys(sdkSpellings))('%s has a source for each name that is sent', (call) => {
    const sent = tasks
      .filter(({ Resource }) => callOf(Resource) === call)
      .flatMap(({ Arguments }) => Object.keys(Arguments as object));
    expect([...new Set(sent)].sort()).toEqual(Object.keys(sdkSpellings[call]?.request ?? {}).sort());
  });

  it.each(Object.keys(sdkSpellings))('%s has a source for each name that is read', (name) => {
    const read = reads
      .filter(({ call }) => `${call.service}:${call.action}` === name)
      .flatMap(({ call, paths }) => paths.flatMap((path) => spelledNames(call, path)));
    expect([...new Set(read)].sort()).toEqual(Object.keys(sdkSpellings[name]?.response ?? {}).sort());
  });

  it('names no error without a source', () => {
    const named = tasks.flatMap(({ Retry = [], Catch = [] }) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    const own = [...new Set(named)].filter((error) => /^(DynamoDb|CloudWatch)\./.test(error)).sort();
    expect(own).toEqual(Object.keys(sdkErrorSpellings).sort());
  });

  it('says where each source is', () => {
    const sources = [
      ...Object.values(sdkSpellings).flatMap((one) => [one.request, one.response]),
      sdkErrorSpellings,
    ].flatMap((names) => Object.values(names));
    expect(sources.filter((source) => source.length < 20)).toEqual([]);
  });
});
