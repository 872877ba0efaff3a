import type { Place } from '../bindings/Place';
import type { Problem } from '../bindings/Problem';

/** Returns where a problem is, where it is anywhere. */
export function placeOf(problem: Problem): Place | null {
  const place = problem as Partial<Place>;
  return typeof place.file === 'string' ? (place as Place) : null;
}

/** Returns the UTF-16 offset of a line and column (in Unicode characters), both from 1. */
export function offsetOf(lineText: string, column: number): number {
  let offset = 0;
  for (let left = column - 1; left > 0 && offset < lineText.length; left--) {
    offset += (lineText.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

const RANK = { error: 0, warning: 1, info: 2 };

/** All problems of the workspace and its open documents, worst first. */
export class Problems {
  all = $state.raw<Problem[]>([]);
  open = $state(false);
  /** Whether only the document in front counts. */
  narrow = $state(true);
  selected = $state(0);

  readonly errors = $derived(this.all.filter((problem) => problem.severity === 'error').length);
  readonly warnings = $derived(this.all.filter((problem) => problem.severity === 'warning').length);

  /** Takes over a new list. */
  set(problems: Problem[]): void {
    this.all = [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
    this.selected = Math.min(this.selected, Math.max(this.all.length - 1, 0));
  }

  /** Returns the problems of one file, or all. */
  of(file: string | null): Problem[] {
    return file === null ? this.all : this.all.filter((problem) => placeOf(problem)?.file === file);
  }
}
