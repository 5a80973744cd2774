export type Severity = 'error' | 'warning';

/**
 * Codes of ValidateStateMachineDefinition. Source: API reference, "ValidateStateMachineDefinitionDiagnostic"; those
 * of JSONata and variables are what the API answers, and not in its list.
 */
export type AwsCode =
  | 'DUPLICATE_LABEL_NAME'
  | 'DUPLICATE_STATE_NAME'
  | 'DUPLICATE_VARIABLE_NAME'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'INVALID_JSON_DESCRIPTION'
  | 'INVALID_LABEL_NAME'
  | 'INVALID_STATE_NAME'
  | 'MISSING_END_STATE'
  | 'MISSING_TRANSITION_TARGET'
  | 'NO_DOLLAR'
  | 'NO_PATH'
  | 'PASS_RESULT_IS_STATIC'
  | 'POSSIBLY_UNDEFINED_VARIABLE'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

export interface CodeMeaning {
  readonly severity: Severity;
  readonly awsCode?: AwsCode;
  /** Whether CreateStateMachine refuses a definition that has it; nothing else says so. */
  readonly refused?: true;
  /** One sentence: what is wrong, and why it matters. */
  readonly meaning: string;
}

const refused = (awsCode: AwsCode, meaning: string) =>
  ({ severity: 'error', awsCode, refused: true, meaning }) as const;
const schema = (meaning: string) => refused('SCHEMA_VALIDATION_FAILED', meaning);
/** Beyond what the service reads at all, and has no code of a definition for. */
const unreadable = (meaning: string) => ({ severity: 'error', refused: true, meaning }) as const;
const fails = (meaning: string) => ({ severity: 'error', meaning }) as const;
const risk = (meaning: string) => ({ severity: 'warning', meaning }) as const;
const told = (awsCode: AwsCode, meaning: string) => ({ severity: 'warning', awsCode, meaning }) as const;

/**
 * Every code a finding may have. A code is stable: it keeps its meaning from release to release. The
 * severity and Step Functions' own code follow from it.
 *
 * @example
 * findingCodes['token-not-passed'].meaning; // → "A task waits for its token to come back, but never gives it away."
 */
export const codes = {
  // The text and its shape.
  'invalid-json': refused('INVALID_JSON_DESCRIPTION', 'The text is not JSON.'),
  'duplicate-key': fails('An object names a key twice, and the first value is lost without a word.'),
  'not-an-object': schema('The definition, or a part that must be an object, is something else.'),
  'unknown-field': schema('A field has no meaning where it stands, so Step Functions refuses it.'),
  'ignored-field': risk('A field has no effect where it stands.'),
  'other-language-field': schema('A field belongs to the query language that the state does not use.'),
  'missing-field': schema('A field that must be there is not.'),
  'conflicting-fields': schema('Fields of which only one may be given are given together.'),
  'wrong-type': schema('A value is not of the type its field takes.'),
  'out-of-range': schema('A number is below or above what its field takes, or is not whole.'),
  'unknown-value': schema('A text is none of the words its field takes.'),
  'language-downgrade': schema(
    'A state of a JSONata machine asks for JSONPath, which only the other way round may be.',
  ),
  'bad-timestamp': schema('A time is not written as RFC 3339 demands, with T and a zone.'),
  'bad-label': refused(
    'INVALID_LABEL_NAME',
    'A Label is empty, too long, or has characters that it may not have.',
  ),
  'duplicate-label': refused('DUPLICATE_LABEL_NAME', 'Two maps have the same Label.'),
  'too-deeply-nested': unreadable('The definition is nested deeper than a reader of JSON takes.'),
  'definition-too-large': unreadable('The definition is larger than the 1 MiB that Step Functions takes.'),

  // States and the ways between them.
  'missing-target': refused('MISSING_TRANSITION_TARGET', 'A transition names a state that is not beside it.'),
  'unreachable-state': refused('MISSING_TRANSITION_TARGET', 'No transition leads to a state.'),
  'missing-end': refused('MISSING_END_STATE', 'The machine has no state that ends it.'),
  'endless-loop': fails('Once a state is entered no way leads to an end, so the execution cannot succeed.'),
  'duplicate-name': refused('DUPLICATE_STATE_NAME', 'Two states of the machine have the same name.'),
  'bad-name': refused('INVALID_STATE_NAME', 'The name of a state is empty or longer than 80 characters.'),
  'no-default': risk('A Choice has no Default, so the execution fails when no rule matches.'),
  'unreachable-rule': risk('A rule of a Choice stands behind one that always applies.'),
  'bad-choice-rule': schema(
    'A rule of a JSONPath Choice is not one comparison of one variable, or And, Or, Not of such.',
  ),

  // Expressions, paths and variables.
  'invalid-expression': refused('INVALID_JSONATA_EXPRESSION', 'A JSONata expression does not parse.'),
  'half-expression': fails('A text has only one of {% and %}, so it is passed on as text and not evaluated.'),
  'newer-jsonata': refused(
    'INVALID_JSONATA_EXPRESSION',
    'An expression uses syntax newer than JSONata 2.0.6, which Step Functions speaks.',
  ),
  'no-context': refused(
    'UNSUPPORTED_JSONATA_EXPRESSION',
    'An expression reads a name, $ or $$ where there is nothing to read it from.',
  ),
  'missing-states-part': refused(
    'UNSUPPORTED_JSONATA_EXPRESSION',
    'An expression reads a part of $states that is not there.',
  ),
  'missing-context-part': risk(
    'A part of the context object is read that it is not known to have, or not there, such as the item of a Map outside it.',
  ),
  'unknown-function': fails('An expression calls a function that Step Functions does not have.'),
  'failing-call': fails(
    'A function or an operator is given literals that make it fail, whatever the data is.',
  ),
  'wrong-result-type': fails('An expression always gives a value of a type that its field does not take.'),
  'invalid-path': schema(
    'A value is neither a JSONPath nor a call of an intrinsic function, or not of the kind its field takes.',
  ),
  // A warning of AWS's: the machine is taken, and fails when it reads the variable (seen on AWS).
  'undefined-variable': {
    severity: 'error',
    awsCode: 'POSSIBLY_UNDEFINED_VARIABLE',
    meaning: 'A variable is read that no way to the state sets, so the execution fails there.',
  },
  'maybe-undefined-variable': told(
    'POSSIBLY_UNDEFINED_VARIABLE',
    'A variable is read that some ways to the state set, and others do not.',
  ),
  'shadowed-variable': refused(
    'DUPLICATE_VARIABLE_NAME',
    'An inner scope sets a variable of a scope around it.',
  ),
  'bad-variable-name': schema('A variable has a name that no variable may have.'),
  'no-dollar': told(
    'NO_DOLLAR',
    'A value looks like a path, but its key does not end in .$, so it is passed on as text.',
  ),
  'no-path': told(
    'NO_PATH',
    'A value looks like a path, but its field takes no path, so it is taken as text.',
  ),
  'other-language-text': risk(
    'A text is written in the query language that the state does not use, so it is passed on as text.',
  ),
  'doubled-key': risk('An object of JSONPath names a key both as text and as a path.'),
  'static-result': told(
    'PASS_RESULT_IS_STATIC',
    'The Result of a Pass holds a path, which is never evaluated.',
  ),

  // Calls.
  'bad-resource': schema('A Resource is no ARN that a Task can call.'),
  'unknown-integration': schema(
    'A Resource names a service or action that Step Functions has no integration for.',
  ),
  'unsupported-pattern': schema('A Resource asks for .sync or .waitForTaskToken where its service has none.'),
  'missing-argument': schema('A call lacks an argument that it must have.'),
  'unknown-argument': schema('An argument of a call has a misspelt name.'),
  'doubtful-argument': risk(
    'An argument of a call has a name or value that its service does not take, as far as its documentation or SDK client tells.',
  ),
  'bad-role-arn': fails('The role that a task is to take is no ARN of a role.'),
  'bad-execution-name': fails('An execution is started under a name that no execution may have.'),
  'fixed-execution-name': risk(
    'An execution is started under the same name each time, which works only once.',
  ),
  'missing-result': risk('The result of a branch is read that a Parallel does not have.'),
  'not-in-express': schema(
    'An Express machine holds what only a Standard one may: .sync, .waitForTaskToken, an activity or a distributed map.',
  ),
  'token-not-passed': fails('A task waits for its token to come back, but never gives it away.'),
  'no-token': fails('A task token is read where no call waits for one, so there is none.'),

  // Retry and Catch.
  'misplaced-all': schema('States.ALL must stand alone, in the last Retrier or Catcher.'),
  'never-matches': risk('A Retrier or Catcher names an error that cannot reach it.'),
  'unknown-error': risk('An error name begins with States. but is none of those that Step Functions has.'),
  'blind-retry': risk(
    'A call that may not be repeated safely is retried whatever went wrong, also when its effect has landed.',
  ),

  'short-max-delay': risk(
    'The longest delay of a Retrier is below its first one, which it therefore cuts short.',
  ),

  // Bounds.
  'unbounded-task': risk(
    'A Task has no timeout of its own; the default is 99999999 seconds, more than three years.',
  ),
  'unbounded-token-wait': risk(
    'A task waits for its token with neither a timeout nor a heartbeat; a lost token hangs the execution.',
  ),
  'unbounded-loop': risk('A loop has no way out that a count, a time or a dwindling list decides.'),
  'heartbeat-over-timeout': schema('HeartbeatSeconds is not below TimeoutSeconds, so it can never tell.'),
  'timeout-over-machine': risk(
    "A Task's timeout is not below the machine's, so the execution dies before the task's own Catch can act.",
  ),
  'over-express-limit': risk('A wait or timeout is longer than the five minutes of an Express execution.'),
  'child-outlasts-parent': risk(
    'A child machine may run longer than the Task that waits for it, and goes on unseen.',
  ),

  // Payloads.
  'payload-too-large': fails('A literal is larger than the 256 KiB that a state may pass on.'),
  'unprojected-results': risk('The whole results of a Map or Parallel are kept, which can exceed 256 KiB.'),
  'growing-payload': risk(
    'A loop adds to a variable or the output each time round, which can exceed 256 KiB.',
  ),
} as const satisfies Record<string, CodeMeaning>;

export type FindingCode = keyof typeof codes;
