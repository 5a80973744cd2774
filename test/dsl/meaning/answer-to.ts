/** What the task does on a call. */
export type TaskAnswer =
  | { readonly kind: 'gives'; readonly value: { readonly is: string; readonly state: string } }
  | { readonly kind: 'throws'; readonly error: string; readonly words: string };

const states: readonly string[] = ['on', 'done', 'broken'];

/** The answer to the nth call of a site. */
export function answerTo(call: {
  readonly site: string;
  readonly nth: number;
  readonly answers: readonly string[];
}): TaskAnswer {
  const answer = call.answers[call.nth - 1] ?? 'done';
  const told = `${call.site}#${call.nth}`;
  return states.includes(answer)
    ? { kind: 'gives', value: { is: told, state: answer } }
    : { kind: 'throws', error: answer, words: `no ${told}` };
}
