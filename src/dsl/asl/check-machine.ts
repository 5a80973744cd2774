import type { Check } from './check/check.ts';
import { checkArguments } from './check/check-arguments.ts';
import { checkBounds } from './check/check-bounds.ts';
import { checkChildren } from './check/check-children.ts';
import { checkChoiceRules } from './check/check-choice-rules.ts';
import { checkComparedPaths } from './check/check-compared-paths.ts';
import { checkContext } from './check/check-context.ts';
import { checkCredentials } from './check/check-credentials.ts';
import { checkDefaults } from './check/check-defaults.ts';
import { checkDelays } from './check/check-delays.ts';
import { checkEndings } from './check/check-endings.ts';
import { checkErrorNames } from './check/check-error-names.ts';
import { checkExecutions } from './check/check-executions.ts';
import { checkExpress } from './check/check-express.ts';
import { checkExpressions } from './check/check-expressions.ts';
import { checkExpressionTypes } from './check/check-expression-types.ts';
import { checkFields } from './check/check-fields.ts';
import { checkGrowth } from './check/check-growth.ts';
import { checkHttp } from './check/check-http.ts';
import { checkIntrinsics } from './check/check-intrinsics.ts';
import { checkItemReader } from './check/check-item-reader.ts';
import { checkLabels } from './check/check-labels.ts';
import { checkLanguage } from './check/check-language.ts';
import { checkLoops } from './check/check-loops.ts';
import { checkMap } from './check/check-map.ts';
import { checkMisplacedAll } from './check/check-misplaced-all.ts';
import { checkNames } from './check/check-names.ts';
import type { CheckOptions } from './check/check-options.ts';
import { checkPaths } from './check/check-paths.ts';
import { checkPayloads } from './check/check-payloads.ts';
import { checkResources } from './check/check-resources.ts';
import { checkResults } from './check/check-results.ts';
import { checkResultWriter } from './check/check-result-writer.ts';
import { checkRetries } from './check/check-retries.ts';
import { checkSize } from './check/check-size.ts';
import { checkTemplates } from './check/check-templates.ts';
import { checkTokens } from './check/check-tokens.ts';
import { checkTransitions } from './check/check-transitions.ts';
import { checkVariables } from './check/check-variables.ts';
import { checkWait } from './check/check-wait.ts';
import type { Finding } from './check/finding.ts';
import { findingOf } from './check/finding-of.ts';
import { isObject, kindOf } from './check/json-value.ts';
import { treeOf } from './check/machine-tree.ts';
import { isDeeper, tooDeep } from './check/nesting.ts';

const CHECKS: readonly Check[] = [
  checkSize,
  checkFields,
  checkLanguage,
  checkChoiceRules,
  checkWait,
  checkMap,
  checkItemReader,
  checkResultWriter,
  checkLabels,
  checkCredentials,
  checkTransitions,
  checkNames,
  checkEndings,
  checkDefaults,
  checkExpressions,
  checkExpressionTypes,
  checkPaths,
  checkIntrinsics,
  checkTemplates,
  checkComparedPaths,
  checkVariables,
  checkResources,
  checkArguments,
  checkHttp,
  checkExecutions,
  checkResults,
  checkExpress,
  checkTokens,
  checkContext,
  checkMisplacedAll,
  checkDelays,
  checkErrorNames,
  checkRetries,
  checkBounds,
  checkChildren,
  checkLoops,
  checkPayloads,
  checkGrowth,
];

/**
 * Finds what is wrong with a machine, all of it at once and sorted by place; a sound machine gives an empty
 * list. Errors are what CreateStateMachine refuses or what fails an execution, warnings are risks. Any JSON
 * may be given: both query languages, Standard and Express. It looks at the text of the machine alone, and
 * never throws. For a file's text use `checkText`; `compile` has checked what it makes.
 *
 * @example
 * ```ts
 * checkMachine({ StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 60, Next: 'Rest' } } });
 * ```
 * ```json
 * [
 *   { "code": "missing-end", "…": "…" },
 *   {
 *     "code": "missing-target",
 *     "state": "Pause",
 *     "place": "/States/Pause/Next",
 *     "severity": "error",
 *     "awsCode": "MISSING_TRANSITION_TARGET",
 *     "problem": "…",
 *     "remedy": "…",
 *     "awsMessage": "Missing 'Next' target: Rest"
 *   }
 * ]
 * ```
 */
export function checkMachine(definition: unknown, options: CheckOptions = {}): readonly Finding[] {
  if (!isObject(definition))
    return [
      findingOf({
        code: 'not-an-object',
        state: '',
        place: '/',
        problem: `a definition must be an object, got ${kindOf(definition)}`,
        remedy: 'write it as an object with StartAt and States',
      }),
    ];
  if (isDeeper(definition)) return [findingOf(tooDeep('/'))];
  const tree = treeOf(definition, options);
  const findings = CHECKS.flatMap((check) => check(tree)).map(findingOf);
  return findings.sort((one, other) => compare(one.place, other.place) || compare(one.code, other.code));
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
