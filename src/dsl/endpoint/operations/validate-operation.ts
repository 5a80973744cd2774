import * as z from 'zod';
import { checkText } from '../../asl/check-text.ts';
import { isRefused, messageOf } from '../../asl/creation.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import { whyUnreadable } from './state-machine.ts';

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'ERROR';

/**
 * ERROR is what CreateStateMachine refuses. What only fails executions, and what is a risk, is a WARNING; where Step
 * Functions has no code for it, it has that of `rewind check`.
 */
export const ValidateStateMachineDefinition = operation(
  z.strictObject({
    definition: part.definition,
    type: part.machineType,
    severity: z.enum(['ERROR', 'WARNING']).optional(),
    maxResults: z.int().min(0).max(100).optional(),
  }),
  ({ definition, type = 'STANDARD', severity = 'ERROR', maxResults }) => {
    const found = checkText(definition, { type }).map((finding) => {
      const { awsCode, code, place } = finding;
      return {
        severity: isRefused(finding) ? 'ERROR' : 'WARNING',
        code: awsCode ?? code,
        message: messageOf(finding),
        location: place,
      };
    });
    const unreadable = found.some(isError) ? undefined : whyUnreadable(definition);
    if (unreadable !== undefined)
      found.unshift({
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: unreadable,
        location: '/',
      });
    const wanted = found.filter((one) => severity === 'WARNING' || isError(one));
    const diagnostics = wanted.slice(0, maxResults || 100);
    return {
      result: found.some(isError) ? 'FAIL' : 'OK',
      diagnostics,
      truncated: diagnostics.length < wanted.length,
    };
  },
);
