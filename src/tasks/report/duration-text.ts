/** Seconds in words: `1 h 2 min 3 s`. */
export function duration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Math.round(seconds % 60);
  return [hours && `${hours} h`, minutes && `${minutes} min`, `${rest} s`].filter(Boolean).join(' ');
}
