import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, shown } from './json-value.ts';
import { resourceOf } from './resource.ts';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

/** Calls of HTTP endpoints. Source: developer guide, "Call HTTPS APIs in Step Functions workflows", "HTTP Task fields". */
export const checkHttp: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const resource = state.type === 'Task' ? resourceOf(state.value.Resource) : undefined;
    if (resource?.kind !== 'optimised' || resource.service !== 'http') return [];
    const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
    const given = state.value[field];
    if (!isObject(given)) return [];
    const doubt = (part: string, problem: string, remedy: string): Fault => ({
      code: 'doubtful-argument',
      ...at(state, `/${field}${part}`),
      problem,
      remedy,
    });
    const { ApiEndpoint: endpoint, Method: method } = given;
    const authorised = ['Authentication', 'InvocationConfig'].some(
      (name) => given[name] !== undefined || given[`${name}.$`] !== undefined,
    );
    return [
      ...(typeof method !== 'string' || isOpen(method) || METHODS.includes(method)
        ? []
        : [doubt('/Method', `there is no Method ${shown(method)}`, `use one of ${METHODS.join(', ')}`)]),
      ...(typeof endpoint !== 'string' || isOpen(endpoint) || endpoint.startsWith('https://')
        ? []
        : [
            doubt(
              '/ApiEndpoint',
              `an endpoint must be https, got ${shown(endpoint)}`,
              "begin it with 'https://'",
            ),
          ]),
      ...(authorised
        ? []
        : [
            doubt('', 'the call names no connection', 'add Authentication with ConnectionArn of EventBridge'),
          ]),
    ];
  });

/** An expression, or a text that a template has yet to fill in. */
const isOpen = (text: string): boolean => text.startsWith('{%') || text.includes('${');
