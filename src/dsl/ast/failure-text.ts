import type { ExpressionNode } from './expression-node.ts';
import { literal, operation } from './node.ts';

/**
 * The words in a cause. A Lambda function's cause is JSON with `errorMessage`, a child execution's is its
 * description with `Error` and `Cause`, which may be JSON again ("Handling errors in Step Functions
 * workflows"); anything else is text already, also a cause that was too long and lost its end.
 */
export const plain = (cause: ExpressionNode): ExpressionNode => operation('plainCause', cause);

/** A cause that may not be there: a failure need not have one. */
export const causeOf = (cause: ExpressionNode): ExpressionNode =>
  operation('choose', operation('=', operation('type', cause), literal('string')), cause, literal(''));

/** The name of the error that began it: a failed child execution's own, however deep. */
export const first = (error: ExpressionNode, cause: ExpressionNode): ExpressionNode =>
  operation('plainError', error, cause);

/** `Error: words`. */
export const plainError = (error: ExpressionNode, cause: ExpressionNode): ExpressionNode =>
  operation('&', operation('&', first(error, cause), literal(': ')), plain(cause));
