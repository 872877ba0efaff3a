import { type Mark, setMarks } from '../editor/marks';
import { said } from '../format/said';
import type { Documents } from './documents.svelte';
import { offsetOf, placeOf, type Problems } from './problems.svelte';

/** Underlines the problems of open documents, and says them in the language of the interface. */
export function underline(documents: Documents, problems: Problems): void {
  for (const document of documents.all) {
    const { doc } = document.view.state;
    const marks = problems.of(document.file).flatMap((problem): Mark[] => {
      const place = placeOf(problem);
      if (!place || place.endLine > doc.lines) return [];
      const start = doc.line(place.line);
      const end = doc.line(place.endLine);
      const from = start.from + offsetOf(start.text, place.column);
      const to = end.from + offsetOf(end.text, place.endColumn);
      return [{ from, to, severity: problem.severity, message: said(problem.message) }];
    });
    document.view.dispatch({ effects: setMarks.of(marks) });
  }
}
