import { findIntegration, type Integration } from './integrations.ts';

/** What the Resource of a Task calls. */
export type Resource =
  | { readonly kind: 'activity' | 'function' | 'placeholder' }
  | {
      /** A call of a service: through the AWS SDK, or one that Step Functions has made its own. */
      readonly kind: 'sdk' | 'optimised';
      readonly service: string;
      readonly action: string;
      /** `''`, `.sync`, `.sync:2` or `.waitForTaskToken`. */
      readonly pattern: string;
      /** Undefined for the SDK and for a service that is not known. */
      readonly integration: Integration | undefined;
    };

const ARN = /^arn:(?:aws[a-z-]*|\$\{[^}]+\}):(?<service>[a-z0-9-]+):(?<rest>.*)$/;
const CALL =
  /^::(?:(?<sdk>aws-sdk):)?(?<service>[a-zA-Z0-9-]+):(?<action>[a-zA-Z0-9]+)(?<pattern>\.[A-Za-z:0-9]+)?$/;

/** Reads a Resource; undefined when it is no ARN that a Task can call. Placeholders of templates are left alone. */
export function resourceOf(resource: unknown): Resource | undefined {
  if (typeof resource !== 'string') return undefined;
  const { service, rest = '' } = ARN.exec(resource)?.groups ?? {};
  if (service === undefined) return resource.includes('${') ? { kind: 'placeholder' } : undefined;
  if (service === 'lambda' && /^[^:]*:[^:]*:function:.+/.test(rest)) return { kind: 'function' };
  if (service !== 'states') return resource.includes('${') ? { kind: 'placeholder' } : undefined;
  if (/^[^:]+:[^:]+:activity:.+/.test(rest)) return { kind: 'activity' };
  const call = CALL.exec(rest)?.groups;
  if (call === undefined) return resource.includes('${') ? { kind: 'placeholder' } : undefined;
  const { sdk, service: called = '', action = '', pattern = '' } = call;
  if (sdk !== undefined) return { kind: 'sdk', service: called, action, pattern, integration: undefined };
  return { kind: 'optimised', service: called, action, pattern, integration: findIntegration(called) };
}
