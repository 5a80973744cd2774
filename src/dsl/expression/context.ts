import { referenceTo } from './expression.ts';

/**
 * The execution's own context object, `$states.context`: names and times that are the same in every retry.
 * Source: developer guide, "Accessing execution data from the Context object".
 *
 * @example
 * context.Execution.StartTime; // {% $states.context.Execution.StartTime %} → "2026-01-01T00:00:00.000Z"
 */
export const context = referenceTo<{
  readonly Execution: {
    readonly Id: string;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    /** 0 until the first redrive. */
    readonly RedriveCount: number;
    /** Only after a redrive. */
    readonly RedriveTime?: string;
  };
  readonly State: {
    readonly Name: string;
    readonly EnteredTime: string;
    readonly RetryCount: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
}>('states', ['context']);
