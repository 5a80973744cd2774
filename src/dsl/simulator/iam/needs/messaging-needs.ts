import { iamAction } from '../../../asl/iam-action.ts';
import { arnOf, type Need, need, needAnywhere, type ServiceNeeds, objectsOf, textOf } from '../need.ts';

/** The use of topics. */
export const snsNeeds: ServiceNeeds = (action, args) => {
  const name = iamAction('sns', action);
  if (action.startsWith('List') && args.TopicArn === undefined) return [needAnywhere(name)];
  // A text message to a phone is on no topic.
  if (args.PhoneNumber !== undefined) return [needAnywhere(name)];
  return [need(name, textOf(args.TopicArn) ?? textOf(args.TargetArn))];
};

/** The use of queues, which calls name by their URL: `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
export const sqsNeeds: ServiceNeeds = (action, args, { region, account }) => {
  const name = iamAction('sqs', action);
  if (action === 'ListQueues') return [needAnywhere(name)];
  const url = textOf(args.QueueUrl);
  const byName = textOf(args.QueueName);
  if (byName !== undefined) return [need(name, `arn:aws:sqs:${region}:${account}:${byName}`)];
  const [, owner, queue] = /\/(\d{12})\/([^/]+)$/.exec(url ?? '') ?? [];
  const [, where = region] = /sqs\.([a-z0-9-]+)\.amazonaws/.exec(url ?? '') ?? [];
  return [need(name, queue === undefined ? undefined : `arn:aws:sqs:${where}:${owner}:${queue}`)];
};

/** The use of event buses and rules. */
export const eventsNeeds: ServiceNeeds = (action, args, place) => {
  const name = `events:${action}`;
  const bus = (given: string | undefined) =>
    arnOf(given ?? 'default', { service: 'events', resource: 'event-bus/', place });
  if (action === 'PutEvents')
    return objectsOf(args.Entries).map(({ EventBusName, Source, DetailType }): Need =>
      need(name, bus(textOf(EventBusName)), {
        'events:source': textOf(Source) ?? [],
        'events:detail-type': textOf(DetailType) ?? [],
      }),
    );
  if (/^(List(Rules|EventBuses|Archives|Connections))$/.test(action)) return [needAnywhere(name)];
  const rule = textOf(args.Rule) ?? (action.endsWith('Rule') ? textOf(args.Name) : undefined);
  if (rule === undefined) return undefined;
  const busName = textOf(args.EventBusName)?.split('event-bus/').at(-1);
  const path = busName === undefined || busName === 'default' ? rule : `${busName}/${rule}`;
  return [need(name, arnOf(path, { service: 'events', resource: 'rule/', place }))];
};
