import { styleText } from 'node:util';
import type { Progress } from '../rehearsal/progress.ts';

/** `01:35:00  freeze     pausing …`: virtual UTC time, phase, words. */
export function progressLine({ at, phase, text }: Progress): string {
  const time = new Date(at).toISOString().slice(11, 19);
  return `${paint('dim', time)}  ${paint('bold', phase.padEnd(9))}  ${text}`;
}

/** Colour only where a person looks: a terminal, without NO_COLOR. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}
