import type { TemplateNode } from '../../ast/expression-node.ts';
import type { ForEachNode, ItemSourceNode } from '../../ast/step-node.ts';
import { literalTexts } from './literal-text.ts';
import { ANY, type Resource, type Statement, arn } from './statement.ts';

/**
 * What a machine's role needs for one distributed map: its children are executions of the same machine; a redrive
 * of the parent redrives them. Source: "IAM policies for using Distributed Map states" (Step Functions guide).
 */
export function mapStatements(step: ForEachNode, workflow: string): readonly Statement[] {
  if (step.mode !== 'distributed') return [];
  const own = (step.permissions ?? []).map(({ actions, resources }): Statement => ({
    actions,
    resources: resources.map(arn),
  }));
  const said = new Set(own.flatMap(({ actions }) => actions));
  const reader = step.of.kind === 'itemSource' ? [readerStatement(step.of)] : [];
  const writer = step.results ? [writerStatement(step.results)] : [];
  const onS3 = [...reader, ...writer].map((statement) => ({
    ...statement,
    actions: statement.actions.filter((action) => !said.has(action)),
  }));
  return [
    { actions: ['states:StartExecution'], resources: [{ kind: 'machine', name: workflow }] },
    {
      // The guide allows these on `<machine>:*` alone; the children's own ARNs are `<machine>/<label>:<id>`.
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [
        { kind: 'executions', of: workflow },
        { kind: 'mapExecutions', of: workflow },
      ],
    },
    { actions: ['states:RedriveExecution'], resources: [{ kind: 'mapExecutions', of: workflow }] },
    ...onS3,
    ...own,
  ];
}

/** A listing is of one prefix; an object is one object. What is known only when the machine runs is any. */
function readerStatement({ action, arguments: given }: ItemSourceNode): Statement {
  const { Bucket, Key, Prefix } = literalTexts(given);
  if (action === 'getObject') return { actions: ['s3:GetObject'], resources: [objects(Bucket, Key)] };
  return {
    actions: ['s3:ListBucket'],
    resources: [Bucket === undefined ? ANY : arn(`arn:\${Partition}:s3:::${Bucket}`)],
    ...(Prefix === undefined ? {} : { conditions: { StringEquals: { 's3:prefix': Prefix } } }),
  };
}

/** The results are written in parts, below a folder of the map run's own. */
function writerStatement(results: TemplateNode): Statement {
  const { Bucket, Prefix } = literalTexts(results);
  return {
    actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    resources: [objects(Bucket, Prefix === undefined ? undefined : `${Prefix}*`)],
  };
}

const objects = (bucket: string | undefined, key: string | undefined): Resource =>
  bucket === undefined ? ANY : arn(`arn:\${Partition}:s3:::${bucket}/${key ?? '*'}`);
