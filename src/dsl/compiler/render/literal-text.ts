import type { Json } from '../../asl/machine.ts';

/**
 * A literal as JSONata text, which is JSON. `${…}` in it is written with an escape: a deployment replaces it
 * wherever it stands in a definition (CloudFormation, "AWS::StepFunctions::StateMachine", DefinitionSubstitutions).
 */
export const literalText = (value: Json): string => JSON.stringify(value).replaceAll('${', '\\u0024{');

/** Whether text would become something else if it stood in a definition as it is: an expression, a substitution. */
export const isUnsafe = (text: string): boolean => /\{%|%\}|\$\{/.test(text);
