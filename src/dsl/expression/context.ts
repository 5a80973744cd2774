import { referenceTo } from './expression.ts';

/** The execution's own context object, `$states.context` (developer guide, "Accessing execution data from the Context object"). */
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
