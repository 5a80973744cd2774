import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { shortList } from '../short-list.ts';

const AT_ONCE = 8;

/** The part of a resource-based policy that says who may call (Lambda guide, "Resource-based policies"). */
const Policy = z.object({
  Statement: z.array(
    z.object({ Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional() }),
  ),
});

/**
 * Which functions in scope the topic of the failures calls: a freeze stops them, and nobody hears anything through them.
 * To be subscribed, a function must let the topic call it: its own policy says so, with the topic as `AWS:SourceArn`
 * (Lambda guide, "Invoking Lambda functions with Amazon SNS notifications"). One that is subscribed by an alias has that
 * in the policy of the alias, which is not looked at.
 * @returns warnings; none without a topic.
 */
export async function topicListeners(
  scope: readonly FunctionInScope[],
  environment: Environment<'lambda'>,
): Promise<string[]> {
  const topic = environment.system.noticeTopic;
  if (topic === undefined) return [];
  const plane = new LambdaControlPlane(environment);
  const unseen = new Set<string>();
  const looks = await inParallel(scope, AT_ONCE, async ({ name, arn }) => {
    if (outOfTime(environment)) {
      unseen.add('no time was left');
      return [];
    }
    try {
      const asked = new GetPolicyCommand({ FunctionName: name });
      const answer = await plane.ask((lambda) => lambda.send(asked));
      return callersOf(answer?.Policy).has(topic) ? [arn] : [];
    } catch (error) {
      unseen.add(errorName(error));
      return [];
    }
  });
  const listeners = looks.flat();
  return [
    ...(listeners.length === 0
      ? []
      : [
          `functions: the topic of the failures calls ${shortList(listeners)}, in scope of the freeze: while it stands, ` +
            'notices, alarms and questions for approval reach nobody through them; name their ARNs in ' +
            'functions.exclude, with those of the functions that they call, and deploy, or have people subscribe by ' +
            'e-mail, too',
        ]),
    ...(unseen.size === 0
      ? []
      : [
          'functions: whether the topic of the failures calls functions in scope, which are stopped, could not be seen ' +
            `of all of them (lambda:GetPolicy: ${shortList([...unseen])}); look at its subscriptions by hand`,
        ]),
  ];
}

/** The ARNs for which alone a policy lets a service call. */
function callersOf(policy: string | undefined): ReadonlySet<unknown> {
  const { Statement } = policy === undefined ? { Statement: [] } : Policy.parse(JSON.parse(policy));
  const conditions = Statement.flatMap(({ Condition = {} }) => Object.values(Condition));
  const sources = conditions.flatMap((keys) =>
    Object.entries(keys).flatMap(([key, value]) => (key.toLowerCase() === 'aws:sourcearn' ? [value] : [])),
  );
  return new Set(sources.flat());
}
