/** Five years of 365 days, in seconds. */
const FIVE_YEARS = 5 * 365 * 24 * 60 * 60;

/** Digits that a number of seconds may have and still be exact; a date in milliseconds has 13. */
const MOST_DIGITS = 15;

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,9}))?$/i;

type Attributes = Readonly<Record<string, unknown>>;

/** A table's time to live, at one instant. */
export interface TimeToLive {
  /** The attribute that DynamoDB looks at. */
  readonly attribute: string;
  /** Seconds since the epoch. */
  readonly at: number;
}

/**
 * Whether DynamoDB may delete the item, its time to live being over: the attribute stands at the top of the
 * item, is a number, counts whole seconds since the epoch, and lies before `at`, by five years at most
 * (time-to-live-ttl-before-you-start; API_UpdateTimeToLive: "less than the current time").
 *
 * It may be gone at any moment from then on, and may stay for days. So the rule of a recovery is: **what the
 * restore point has is right, and what has expired may be missing.** An expired item of the restored table need
 * not be put back where the live table has none; where the live table has another under its key, it must be;
 * what the live table alone has is deleted, expired or not. An item that is unchanged is never touched, so that
 * its deletion stays DynamoDB's own, which stream readers can tell from others.
 *
 * @param item in the form of the SDK or of DynamoDB's JSON: numbers are text in both.
 */
export function hasExpired(item: Attributes, { attribute, at }: TimeToLive): boolean {
  return mayExpireWithin(item, { attribute, from: at, to: at });
}

/** A table's time to live, over a stretch of time. */
export interface TimeToLiveWithin {
  readonly attribute: string;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Whether there is a moment between `from` and `to` at which `hasExpired` says so. */
export function mayExpireWithin(item: Attributes, { attribute, from, to }: TimeToLiveWithin): boolean {
  const expiry = expiryOf(item, attribute);
  return expiry !== undefined && expiry < to && expiry >= from - FIVE_YEARS;
}

/**
 * When an item's time to live is over, in seconds since the epoch.
 * @returns undefined where DynamoDB ignores what the attribute holds, or there is none: other types, fractions
 * of a second, and numbers so large that they are no date.
 */
function expiryOf(item: Attributes, attribute: string): number | undefined {
  // An attribute may be named like something that every object has.
  const value = Object.hasOwn(item, attribute) ? item[attribute] : undefined;
  if (typeof value !== 'object' || value === null || !('N' in value)) return undefined;
  return typeof value.N === 'string' ? wholeNumber(value.N) : undefined;
}

/** A whole number of at most 15 digits; works on text, since a JavaScript number would round the fraction away. */
function wholeNumber(text: string): number | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return 0;
  const zeros = digits.length - significant.length + Number(power) - fraction.length;
  if (zeros < 0 || significant.length + zeros > MOST_DIGITS) return undefined;
  return Number(`${sign}${significant}${'0'.repeat(zeros)}`);
}
