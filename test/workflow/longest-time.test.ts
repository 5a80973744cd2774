import { expect, it } from 'vitest';
import { drill } from '../../src/workflow/drill.ts';
import { rewind } from '../../src/workflow/rewind.ts';
import { longestSeconds } from '../support/longest-time.ts';

const DAY = 24 * 60 * 60;

/** The longest timeout of a function, which one on Lambda Managed Instances has (runbook, "Before you start"). */
const LONGEST_INVOCATION = 90 * 60;

/** As many tables as a request may name. */
const bounds = { items: 100, waits: { 'Prepared.Drained.RunningInvocations': LONGEST_INVOCATION } };

// An execution that times out undoes nothing and deletes nothing; a child's timeout its parent answers.
it.each([rewind, drill])(
  '$workflowName has time for the longest of its steps, one after the other',
  (subject) => {
    const longest = longestSeconds(subject, bounds);
    expect(longest).toBeGreaterThan(20 * DAY);
    expect(subject.node.timeoutSeconds).toBeGreaterThan(longest);
  },
);
