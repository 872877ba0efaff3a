import type { Problem } from '../../bindings/Problem';
import type { App } from '../../state/app.svelte';
import type { OpenDocument } from '../../state/document.svelte';
import { offsetOf, placeOf } from '../../state/problems.svelte';

/** A change that a problem's hint offers. */
export interface Fix {
  document: OpenDocument;
  from: number;
  to: number;
  replacement: string;
  /** The line as it is, and as it would be. */
  before: string;
  after: string;
}

/** Returns the change, where a name is unknown, the hint names one, and the document is open. */
export function fixFor(app: App, problem: Problem): Fix | null {
  const place = placeOf(problem);
  const document = place && app.documents.find(place.file);
  if (!place || !document || !problem.code.startsWith('unknown-') || place.line !== place.endLine) return null;
  const { doc } = document.view.state;
  if (place.line > doc.lines) return null;
  const wrong = /`([^`]+)`/.exec(problem.message)?.[1];
  // Only a hint that names what was meant: others quote what they explain.
  const replacement = /(?:did you mean|nearest is) `([^`]+)`/i.exec(problem.hint ?? '')?.[1];
  if (wrong === undefined || replacement === undefined) return null;
  const line = doc.line(place.line);
  const start = offsetOf(line.text, place.column);
  const at = line.text.indexOf(wrong, start);
  if (at < 0 || at > offsetOf(line.text, place.endColumn)) return null;
  const after = line.text.slice(0, at) + replacement + line.text.slice(at + wrong.length);
  return { document, from: line.from + at, to: line.from + at + wrong.length, replacement, before: line.text, after };
}

/** Makes the change for the problem at the cursor, where there is one. */
export function fixHere(app: App, document: OpenDocument): void {
  const { offset } = document.cursor;
  for (const problem of app.problems.of(document.file)) {
    const fix = fixFor(app, problem);
    const line = fix && document.view.state.doc.lineAt(fix.from);
    if (fix && line && line.from <= offset && offset <= line.to) return applyFix(fix);
  }
}

/** Makes the change, as one step of undoing. */
export function applyFix(fix: Fix): void {
  const { view } = fix.document;
  view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.replacement }, userEvent: 'input.fix' });
  view.focus();
}
