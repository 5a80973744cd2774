/** The package's own way of sorting: what it gives depends on it where a comparison contradicts itself. */
export function mergeSort<T>(items: readonly T[], isAfter: (left: T, right: T) => boolean): readonly T[] {
  if (items.length < 2) return items;
  const middle = Math.floor(items.length / 2);
  const left = mergeSort(items.slice(0, middle), isAfter);
  const right = mergeSort(items.slice(middle), isAfter);
  const merged: T[] = [];
  for (let fromLeft = 0, fromRight = 0; merged.length < items.length;) {
    const takesRight =
      fromLeft === left.length ||
      (fromRight < right.length && isAfter(left[fromLeft] as T, right[fromRight] as T));
    merged.push((takesRight ? right[fromRight++] : left[fromLeft++]) as T);
  }
  return merged;
}
