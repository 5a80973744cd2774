import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { graphDot } from '../../../src/dsl/asl/graph/graph-dot.ts';
import type { Graph } from '../../../src/dsl/asl/graph/graph.ts';
import { graphOf } from '../../../src/dsl/asl/graph/graph-of.ts';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import type { Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { allWorkflows } from '../../../src/workflow/all-workflows.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const [one, two, three] = [number('One'), number('Two'), number('Three')] as const;
const ask = task('Ask', {
  input: z.object({ token: z.string() }),
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});
const child = begin('Child', '1 hour').returns(() => ({ value: 1 }));

const nodesOf = ({ nodes }: Graph) =>
  nodes.map(({ id, kind, label, detail, group }) =>
    [
      id,
      kind,
      label,
      ...(detail ? [detail.replace('\n', ', ')] : []),
      ...(group ? [`in ${group}`] : []),
    ].join(' | '),
  );

const edgesOf = ({ edges }: Graph) =>
  edges.map(
    ({ from, to, kind, label, way }) =>
      `${from} -${kind}-> ${to}${way ? ` (${way})` : ''}${label ? ` "${label}"` : ''}`,
  );

const stepsOf = (subject: Workflow) => compile(subject).graph.steps;

describe('the graph of the steps', () => {
  it('tells where the point of no return is', () => {
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }))
      .pointOfNoReturn({ failures: 'stayForRedrive' })
      .run('second', ({ input }) => one({ n: input.n }))
      .returns(() => ({ value: 1 }));
    const labelled = stepsOf(subject).edges.filter(({ label }) => label === 'point of no return');
    expect(labelled).toMatchObject([{ from: 'First', to: 'Second' }]);
  });

  it('does not draw what is computed before a state so that its failure can be caught', () => {
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }), { undo: ({ input }) => two({ n: input.n }) })
      .run('table', () => dynamodb.describeTable({ TableName: 'orders' }))
      .waitFor('pause', ({ table }) => table.Table.ItemCount)
      .returns(({ table }) => ({ value: table.Table.TableId }));
    const { steps, states } = compile(subject).graph;
    expect(steps.nodes.map(({ id }) => id)).toEqual([
      '(start)',
      'First',
      'Table',
      'Pause',
      'First.Undo',
      'Failed',
      '(end)',
    ]);
    expect(steps.edges).toContainEqual({ from: 'Pause', to: '(end)', kind: 'next' });
    expect(nodesOf(steps)).toContain('Pause | wait | pause | $table.Table.ItemCount');
    expect(states.groups).toEqual([]);
    expect(states.nodes).toContainEqual({
      id: 'Return.Value',
      label: 'Return.Value',
      kind: 'pass',
      step: [],
    });
  });

  it('has a node for each call, by what is called', () => {
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }))
      .run('table', () => dynamodb.describeTable({ TableName: 'orders' }))
      .run('other', () => child({ n: 1, list: [] }))
      .callback('asked', (_scope, token) => ask({ token }), {
        answer: z.object({ ok: z.boolean() }),
        giveUpAfter: '1 hour',
      })
      .waitFor('rest', '5 minutes')
      .returns(() => ({ value: 1 }));
    expect(nodesOf(stepsOf(subject))).toEqual([
      '(start) | start | Start',
      'First | task | first | One',
      'Table | sdk | table | dynamodb:describeTable',
      'Other | workflow | other | Child',
      'Asked | callback | asked | Ask',
      'Rest | wait | rest | 300 s',
      '(end) | end | End',
    ]);
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> First',
      'First -next-> Table',
      'Table -next-> Other',
      'Other -next-> Asked',
      'Asked -next-> Rest',
      'Rest -next-> (end)',
    ]);
  });

  it('says of a poll and a repeat how long they go on, and keeps their inside to itself', () => {
    const subject = begin()
      .pollUntil('polled', ({ input }) => one({ n: input.n }), {
        until: ({ polled }) => equals(polled.n, 1),
        failWhen: ({ polled }) => equals(polled.n, 2),
        every: '90 seconds',
        giveUpAfter: '12 hours',
      })
      .repeatUntil('repeated', ({ input }) => two({ n: input.n }), {
        until: ({ repeated }) => equals(repeated.n, 1),
        atMost: 9,
        pause: '1 minute',
      })
      .returns(() => ({ value: 1 }));
    expect(nodesOf(stepsOf(subject)).slice(1, -1)).toEqual([
      'Polled | task | polled | One, every 90 s, for 12 h',
      'Repeated | task | repeated | Two, again and again, 9 times at most',
    ]);
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> Polled',
      'Polled -next-> Repeated',
      'Repeated -next-> (end)',
    ]);
  });

  it('calls the ways of a choice by their own names, also one with nothing in it', () => {
    const subject = begin()
      .choose('way', (ways) =>
        ways
          .when(
            'some',
            ({ input }) => equals(input.n, 1),
            (way) => way.run('called', ({ input }) => one({ n: input.n })).returns(() => 1),
          )
          .when(
            'wrong',
            ({ input }) => equals(input.n, 2),
            (way) => way.fail('broken', 'Broken', () => 'no'),
          )
          .otherwise((way) => way.returns(() => 2)),
      )
      .returns(({ way }) => ({ value: way }));
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> Way',
      'Way -choice-> Way.Some.Called (some)',
      'Way -choice-> Way.Wrong.Broken (wrong)',
      'Way -default-> (end) (otherwise)',
      'Way.Some.Called -next-> (end)',
    ]);
    expect(nodesOf(stepsOf(subject))).toContain('Way.Wrong.Broken | fail | broken | Broken');
  });

  it.each([
    ['ends with its ways', 2, []],
    ['ends by itself where a way has nothing in it', 1, ['All.Way']],
  ])('a choice at the end of a loop %s', (_what, calls, ending) => {
    const subject = begin()
      .forEach('all', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 2,
        do: (each) =>
          each
            .choose('way', (ways) =>
              ways
                .when(
                  'some',
                  ({ x }) => equals(x, 1),
                  (way) => way.run('called', ({ x }) => one({ n: x })).returns(({ called }) => called.n),
                )
                .otherwise((way) =>
                  calls === 2
                    ? way.run('calledToo', ({ x }) => two({ n: x })).returns(({ calledToo }) => calledToo.n)
                    : way.returns(() => 0),
                ),
            )
            .returns(({ way }) => way),
      })
      .returns(() => ({ value: 1 }));
    const ends = stepsOf(subject).nodes.flatMap(({ id, ends }) => (ends ? [id] : []));
    const tasks = ['All.Way.Some.Called', 'All.Way.Otherwise.CalledToo'].slice(0, calls);
    expect(ends.sort()).toEqual(['All', ...ending, ...tasks].sort());
  });

  it('has a group for each branch and for the body of a loop', () => {
    const subject = begin()
      .parallel('both', {
        left: (branch) => branch.run('inLeft', ({ input }) => one({ n: input.n })),
        right: (branch) =>
          branch.forEach('all', {
            of: ({ input }) => input.list,
            as: 'x',
            atOnce: 2,
            do: (each) => each.run('inAll', ({ x }) => two({ n: x })).returns(({ inAll }) => inAll.n),
          }),
      })
      .forEachDistributed('apart', {
        of: ({ input }) => input.list,
        as: 'y',
        atOnce: 7,
        do: (each) => each.run('inApart', ({ y }) => three({ n: y })),
      })
      .returns(() => ({ value: 1 }));
    const graph = stepsOf(subject);
    expect(graph.groups).toEqual([
      { id: 'Both[0]', label: 'left', of: 'Both' },
      { id: 'Both[1]', label: 'right', of: 'Both' },
      { id: 'Both.Right.All[each]', label: 'x', of: 'Both.Right.All' },
      { id: 'Apart[each]', label: 'y', of: 'Apart' },
    ]);
    expect(nodesOf(graph)).toEqual([
      '(start) | start | Start',
      'Both | parallel | both',
      'Both.Left.InLeft | task | inLeft | One | in Both[0]',
      'Both.Right.All | map | all | for each x, 2 at once | in Both[1]',
      'Both.Right.All.InAll | task | inAll | Two | in Both.Right.All[each]',
      'Apart | map | apart | an execution for each y, 7 at once',
      'Apart.InApart | task | inApart | Three | in Apart[each]',
      '(end) | end | End',
    ]);
    expect(edgesOf(graph)).toEqual([
      '(start) -start-> Both',
      'Both -start-> Both.Left.InLeft',
      'Both -start-> Both.Right.All',
      'Both.Right.All -start-> Both.Right.All.InAll',
      'Both -next-> Apart',
      'Apart -start-> Apart.InApart',
      'Apart -next-> (end)',
    ]);
    expect(graph.nodes.filter(({ ends }) => ends).map(({ id }) => id)).toEqual([
      'Both.Left.InLeft',
      'Both.Right.All',
      'Both.Right.All.InAll',
      'Apart',
      'Apart.InApart',
    ]);
  });

  it('hangs each undo on its own step, and the chain of them on each other', () => {
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }), { undo: ({ input }) => three({ n: input.n }) })
      .run('second', ({ input }) => two({ n: input.n }), { undo: ({ input }) => three({ n: input.n }) })
      .run('third', ({ input }) => two({ n: input.n }))
      .returns(() => ({ value: 1 }));
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> First',
      'First -next-> Second',
      'Second -next-> Third',
      'Third -next-> (end)',
      'Second.Undo -next-> First.Undo',
      'First.Undo -next-> Failed',
      'Second -undo-> Second.Undo "undo"',
      'First -undo-> First.Undo "undo"',
    ]);
  });

  it('leads from what is tried to the clause that answers, and through the finally', () => {
    const subject = begin()
      .try('tried', {
        do: (body) => body.run('a', ({ input }) => one({ n: input.n })),
        catch: { Known: (way) => way.run('b', ({ input }) => two({ n: input.n })) },
        finally: (way) => way.run('c', ({ input }) => three({ n: input.n })),
      })
      .run('after', ({ input }) => one({ n: input.n }))
      .returns(() => ({ value: 1 }));
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> Tried.A',
      'Tried.A -next-> Tried.Finally.C',
      'Tried.A -catch-> Tried.Which',
      'Tried.Which -choice-> Tried.Known.B (Known)',
      'Tried.Which -default-> Tried.Finally.C (otherwise)',
      'Tried.Known.B -next-> Tried.Finally.C',
      'Tried.Finally.C -next-> After',
      'After -next-> (end)',
    ]);
  });

  it('draws what answers a step that gives up as the answer to a failure', () => {
    const subject = begin()
      .try('tried', {
        do: (body) =>
          body.repeatUntil('a', ({ input }) => one({ n: input.n }), {
            until: ({ a }) => equals(a.n, 1),
            atMost: 9,
          }),
        otherwise: (way) => way.run('b', ({ input }) => two({ n: input.n })),
      })
      .returns(() => ({ value: 1 }));
    expect(edgesOf(stepsOf(subject))).toEqual([
      '(start) -start-> Tried.A',
      'Tried.A -catch-> Tried.Otherwise.B',
      'Tried.A -next-> (end)',
      'Tried.Otherwise.B -next-> (end)',
    ]);
  });
});

describe('the graph of any machine', () => {
  const machine: StateMachine = {
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Catch: [{ ErrorEquals: ['States.Timeout', 'States.TaskFailed'], Next: 'Bad' }],
        Next: 'Which',
      },
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $x = "a long name" %}', Next: 'Done' }],
        Default: 'Bad',
      },
      Done: { Type: 'Pass', End: true },
      Bad: { Type: 'Fail', Error: 'Bad' },
    },
  };

  it('has every state and every way', () => {
    const graph = graphOf(machine);
    expect(nodesOf(graph)).toEqual([
      '(start) | start | Start',
      'Call | integration | Call | glue:startJobRun.sync',
      'Which | choice | Which',
      'Done | pass | Done',
      'Bad | fail | Bad | Bad',
      '(end) | end | End',
    ]);
    expect(edgesOf(graph)).toEqual([
      '(start) -start-> Call',
      'Call -next-> Which',
      'Call -catch-> Bad "States.Timeout, States.TaskFailed"',
      'Which -choice-> Done "$x = "a long name""',
      'Which -default-> Bad',
      'Done -next-> (end)',
    ]);
  });

  it('is written for Graphviz with its texts quoted and its failures dashed', () => {
    const lines = graphDot(graphOf(machine), 'Any "one"').split('\n');
    expect(lines[0]).toBe('digraph "Any \\"one\\"" {');
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}"Call" \[label="Call\\nglue:startJobRun.sync", /),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}"Call" -> "Bad" \[label=".*", style="dashed", /),
    );
    expect(lines).toContainEqual('  "Which" -> "Done" [label=" $x = \\"a long name\\" "]');
    expect(lines).toContainEqual('  "Which" -> "Bad" [label=" otherwise "]');
  });

  it('has a box for a fork, which is left where its branches come together', () => {
    const branch = { StartAt: 'In', States: { In: { Type: 'Succeed' } } } as const;
    const dot = graphDot(
      graphOf({
        StartAt: 'Each',
        States: {
          Each: { Type: 'Map', ItemProcessor: branch, Next: 'After' },
          After: { Type: 'Succeed' },
        },
      }),
      'Forks',
    );
    for (const line of [
      'subgraph "cluster_Each" {',
      '"Each" -> "In"',
      '"In" -> "Each (together)" [arrowhead=none',
      '"Each (together)" -> "After" [ltail="cluster_Each"]',
    ])
      expect(dot).toContain(line);
  });
});

it.each(allWorkflows.map((subject) => [subject.workflowName, subject] as const))(
  'every step of %s that calls something is in its picture, and every way leads from a node to a node',
  (_name, subject) => {
    const { graph, machine } = compile(subject);
    for (const { nodes, edges, groups } of [graph.steps, graph.states]) {
      const ids = new Set(nodes.map(({ id }) => id));
      expect(ids.size).toBe(nodes.length);
      for (const { from, to } of edges) expect([from, to].filter((id) => !ids.has(id))).toEqual([]);
      for (const { of } of groups) expect(ids).toContain(of);
    }
    const text = JSON.stringify(machine);
    // What only computes, in a Map over nothing, is drawn as the one state that it is to its author.
    const unseen = text.match(/\.Nothing":\{"Type"/g)?.length ?? 0;
    const states = (text.match(/"Type":"(?!Fail)\w+"/g)?.length ?? 0) - unseen;
    const drawn = graph.states.nodes.filter(({ kind }) => !['start', 'end', 'fail'].includes(kind)).length;
    expect(drawn).toBe(states);
    const calls = new Set(
      graph.states.nodes.flatMap(({ kind, step }) =>
        ['task', 'sdk', 'workflow', 'callback', 'undo'].includes(kind) ? [`${kind} ${step?.join('.')}`] : [],
      ),
    );
    for (const call of calls)
      expect(graph.steps.nodes.map(({ kind, step }) => `${kind} ${step?.join('.')}`)).toContain(call);
  },
);
