import * as z from 'zod';

/** Where reports are kept beside the ledger. */
export const ReportBucket = z.strictObject({
  name: z.string().min(3),
  /** Folders that the reports' own are in, such as `recoveries/shop`; default none. */
  prefix: z
    .string()
    .regex(
      /^[\w.-]+(\/[\w.-]+)*\/?$/,
      "must be names of letters, digits, '.', '_' and '-', with '/' between them",
    )
    .optional(),
});

/** What the keys of all reports begin with: nothing, or the prefix with a slash at its end. */
export const reportFolder = (prefix = ''): string => (prefix === '' ? '' : prefix.replace(/\/?$/, '/'));
