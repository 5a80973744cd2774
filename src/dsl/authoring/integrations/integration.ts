import type { z } from 'zod';
import type { PermissionNode } from '../../ast/step-node.ts';
import { DefinitionError } from '../../ast/definition-error.ts';
import { templateOf } from '../../expression/template.ts';
import type { Call } from '../call.ts';
import { optionsOf, schemaOf } from '../checked.ts';
import { type Duration, secondsOf } from '../duration.ts';
import { withSchemas } from '../call-schemas.ts';
import { refuseChanged } from '../schema/refuse-schema.ts';
import type { WrittenFor } from '../schema/written-for.ts';
import { shown } from '../shown.ts';

/** A call of an optimised integration, in the integration's own spelling. */
export interface IntegrationOptions<Out extends z.ZodType> {
  /** The state's `Arguments`: JSON with references in it. */
  readonly arguments: unknown;
  /** What the integration answers. It gives the result its type; nothing checks the answer. */
  readonly result: Out;
  /** How long the call may take: with `.sync`, until the job has ended. */
  readonly timeout: Duration;
  /** What the machine's role must be allowed: the IAM actions, and the ARNs that they are for. */
  readonly permissions: readonly PermissionNode[];
}

/**
 * Any optimised integration, `arn:aws:states:::<resource>`, for example `glue:startJobRun.sync` or
 * `ecs:runTask.sync`. An optimised integration is better than `awsSdk()` where it does more than one
 * request: `.sync` waits for a job's end and stops the job when the execution is stopped, and some parse or
 * check the answer. Source: "Integrating optimized services with Step Functions".
 * @throws DefinitionError for a resource that is no optimised integration's.
 *
 * @example
 * ```ts
 * flow
 *   .run('report', ({ input }) =>
 *     integration('glue:startJobRun.sync', {
 *       arguments: { JobName: 'report', Arguments: { '--order': input.id } },
 *       result: z.object({ JobRunState: z.string() }),
 *       timeout: '2 hours',
 *       permissions: [{ actions: ['glue:StartJobRun', 'glue:GetJobRun', 'glue:BatchStopJobRun'], resources: ['*'] }],
 *     }),
 *   )
 *   .returns(({ report }) => report.JobRunState); // → "SUCCEEDED"
 * ```
 * ```json
 * {
 *   "Report": {
 *     "Resource": "arn:aws:states:::glue:startJobRun.sync",
 *     "Arguments": { "JobName": "report", "Arguments": { "--order": "{% $input.id %}" } },
 *     "TimeoutSeconds": 7200,
 *     "…": "…"
 *   }
 * }
 * ```
 */
export function integration<Out extends z.ZodType>(
  resource: string,
  options: IntegrationOptions<Out>,
): Call<WrittenFor<Out>> {
  const wrong = mistakeIn(resource);
  if (wrong !== undefined) throw new DefinitionError(`integration('${resource}'): ${wrong}`);
  const { arguments: given, result, timeout, permissions } = optionsOf(options, OPTIONS, resource);
  if (!Array.isArray(permissions))
    throw new DefinitionError(
      `${resource}: permissions must be a list, got ${shown(permissions)}; give [] when the call needs none`,
    );
  refuseChanged(schemaOf(result, `${resource} › result`), `${resource} › result`);
  return {
    node: withSchemas(
      {
        kind: 'integration',
        resource,
        arguments: templateOf(given, resource),
        timeoutSeconds: secondsOf(timeout, `${resource} › timeout`),
        waitsFor: 'result',
        permissions,
      },
      { output: result },
    ),
  };
}

const OPTIONS = ['arguments', 'result', 'timeout', 'permissions'];

function mistakeIn(resource: unknown): string | undefined {
  if (typeof resource !== 'string') return "a resource is a text; write for example 'glue:startJobRun.sync'";
  if (resource.startsWith('arn:')) return "leave 'arn:aws:states:::' out";
  if (resource.startsWith('aws-sdk:')) return 'an SDK integration is called through awsSdk()';
  if (resource.endsWith('.waitForTaskToken')) return "leave '.waitForTaskToken' out; a callback step adds it";
  if (/^[a-z0-9-]+:[a-zA-Z]+(\.sync(:2)?)?$/.test(resource)) return undefined;
  return "a resource is a service and an action; write for example 'glue:startJobRun.sync'";
}
