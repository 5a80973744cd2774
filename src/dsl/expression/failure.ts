import { causeOf, plainError } from '../ast/failure-text.ts';
import { type Expression, type Ref, expressionOf } from './expression.ts';
import { operandOf } from './template.ts';

/**
 * A caught error as `Error: words`; of a failed Lambda function or child execution the first error's own,
 * not the JSON around it.
 *
 * @example
 * flow
 *   .run('paid', ({ input }) => charge({ order: input.id, cents: 9999 }), {
 *     recover: { errors: ['CardDeclined'], value: (_scope, error) => ({ receipt: inWords(error) }) },
 *   })
 *   .returns(({ paid }) => paid.receipt); // → "CardDeclined: more than 50 €"
 */
export const inWords = (error: Ref<{ readonly Error: string; readonly Cause: string }>): Expression<string> =>
  expressionOf(plainError(operandOf(error.Error), causeOf(operandOf(error.Cause))));
