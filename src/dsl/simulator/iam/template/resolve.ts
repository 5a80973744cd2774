import type { Json } from '../../../asl/machine.ts';
import { SimulationError } from '../../simulation-error.ts';
import { referenceTo } from './resource-names.ts';
import { listOf, type Template } from './template.ts';
import { objectOf } from '../../object-of.ts';

/** A value with its intrinsic functions done. @param place said in errors. @throws SimulationError by name. */
export function resolve(value: Json, template: Template, place: string): Json {
  const inner = (one: Json): Json => resolve(one, template, place);
  if (Array.isArray(value)) return (value as readonly Json[]).map(inner);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, given] = ['', null], ...more] = Object.entries(value);
  if (more.length > 0 || !/^(Ref|Fn::.*)$/.test(name))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)]));
  const text = (one: Json | undefined): string => {
    const resolved = inner(one ?? null);
    if (typeof resolved === 'string' || typeof resolved === 'number') return String(resolved);
    throw new SimulationError(
      `${place}: ${name} of ${JSON.stringify(one)} is no text; give its value in values`,
    );
  };
  const [first, second] = listOf(given);
  switch (name) {
    case 'Ref':
      return reference(text(given), template, place);
    case 'Fn::GetAtt':
      return reference(
        typeof given === 'string' ? given : listOf(given).map(text).join('.'),
        template,
        place,
      );
    case 'Fn::Join':
      return listOf(inner(second ?? []))
        .map(text)
        .join(text(first));
    case 'Fn::Split':
      return text(second).split(text(first));
    case 'Fn::Select':
      return listOf(inner(second ?? []))[Number(text(first))] ?? null;
    case 'Fn::Sub': {
      const own = objectOf(second);
      return text(first).replaceAll(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, of: string) => {
        if (literal !== '') return `\${${of}}`;
        return own[of] === undefined ? reference(of.trim(), template, place) : text(own[of]);
      });
    }
    default:
      throw new SimulationError(`${place}: ${name} is not understood; write its value into the template`);
  }
}

/** @param given a parameter, a resource or `<resource>.<attribute>`. */
function reference(given: string, template: Template, place: string): string {
  const { values, resources, defaults } = template;
  const [id = '', ...attribute] = given.split('.');
  const resource = resources.get(id);
  const found =
    values.values[given] ??
    pseudoParameter(given, values) ??
    (resource && referenceTo(resource, attribute.join('.') || undefined, template)) ??
    defaults.get(given);
  if (found !== undefined) return found;
  throw new SimulationError(
    `${place}: what '${given}' stands for is known only when it is deployed; give it as values: { '${given}': '…' }`,
  );
}

function pseudoParameter(
  name: string,
  { account, region, partition }: Template['values'],
): string | undefined {
  const known: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  return known[name];
}
