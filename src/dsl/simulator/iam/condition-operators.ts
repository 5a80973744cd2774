import { matches, matchesArn } from './pattern.ts';

/** How one value of a request is compared with one of the policy. */
interface Operator {
  readonly test: (value: string, wanted: string) => boolean;
  /** The condition holds when no wanted value fits, and when the request does not have the key. */
  readonly negated: boolean;
}

const sameText: Operator['test'] = (value, wanted) => value === wanted;
const sameLetters: Operator['test'] = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const like: Operator['test'] = (value, wanted) => matches(wanted, value);
const likeArn: Operator['test'] = (value, wanted) => matchesArn(wanted, value);
const is = (test: Operator['test']): Operator => ({ test, negated: false });
const isNot = (test: Operator['test']): Operator => ({ test, negated: true });

const compared = (kind: string, numberOf: (text: string) => number): Readonly<Record<string, Operator>> => ({
  [`${kind}Equals`]: is((value, wanted) => numberOf(value) === numberOf(wanted)),
  [`${kind}NotEquals`]: isNot((value, wanted) => numberOf(value) === numberOf(wanted)),
  [`${kind}LessThan`]: is((value, wanted) => numberOf(value) < numberOf(wanted)),
  [`${kind}LessThanEquals`]: is((value, wanted) => numberOf(value) <= numberOf(wanted)),
  [`${kind}GreaterThan`]: is((value, wanted) => numberOf(value) > numberOf(wanted)),
  [`${kind}GreaterThanEquals`]: is((value, wanted) => numberOf(value) >= numberOf(wanted)),
});

/** A time is ISO 8601 text or seconds since the epoch. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

/** The operators that are simulated, without `Null`, set qualifiers and `IfExists`. Source: IAM guide, "Condition operators". */
export const conditionOperators: Readonly<Record<string, Operator>> = {
  StringEquals: is(sameText),
  StringNotEquals: isNot(sameText),
  StringEqualsIgnoreCase: is(sameLetters),
  StringNotEqualsIgnoreCase: isNot(sameLetters),
  StringLike: is(like),
  StringNotLike: isNot(like),
  ArnEquals: is(likeArn),
  ArnLike: is(likeArn),
  ArnNotEquals: isNot(likeArn),
  ArnNotLike: isNot(likeArn),
  Bool: is(sameLetters),
  ...compared('Numeric', Number),
  ...compared('Date', timeOf),
};
