import { arnOf, need, needAnywhere, needSomewhere, type ServiceNeeds, textOf } from '../need.ts';

/** The use of keys; an alias does not say which key it is. */
export const kmsNeeds: ServiceNeeds = (action, args, place) => {
  const name = `kms:${action}`;
  if (/^(List(Keys|Aliases)|CreateKey|GenerateRandom)$/.test(action)) return [needAnywhere(name)];
  const key = textOf(args.KeyId);
  if (key === undefined || key.includes('alias/')) return [needSomewhere(name)];
  return [need(name, arnOf(key, { service: 'kms', resource: 'key/', place }))];
};

/** The use of metrics, which are no resources, and of alarms. */
export const cloudwatchNeeds: ServiceNeeds = (action, args, place) => {
  const name = `cloudwatch:${action}`;
  if (/Metric(Data|Statistics|s)$/.test(action)) {
    const space = textOf(args.Namespace);
    return [needAnywhere(name, space === undefined ? {} : { 'cloudwatch:namespace': space })];
  }
  const alarm = textOf(args.AlarmName);
  return alarm === undefined
    ? undefined
    : [need(name, arnOf(alarm, { service: 'cloudwatch', resource: 'alarm:', place }))];
};
