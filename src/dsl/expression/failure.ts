import { causeOf, plainError } from '../ast/failure-text.ts';
import { type Expression, type Ref, expressionOf } from './expression.ts';
import { operandOf } from './template.ts';

/** A caught error as `Error: words`: of a failed Lambda function or child execution, the first error's own. */
export const inWords = (error: Ref<{ readonly Error: string; readonly Cause: string }>): Expression<string> =>
  expressionOf(plainError(operandOf(error.Error), causeOf(operandOf(error.Cause))));
