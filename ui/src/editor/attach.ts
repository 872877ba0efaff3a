import type { OpenDocument } from '../state/document.svelte';

/** Puts a document's editor into an element, as it was left, and takes it out again. */
export function attach(element: HTMLElement, { document, focus }: { document: OpenDocument; focus: boolean }): { destroy: () => void } {
  const { view } = document;
  element.append(view.dom);
  view.requestMeasure();
  view.dispatch({ effects: document.scroll ?? [] });
  if (focus) view.focus();
  return {
    destroy() {
      document.scroll = view.scrollSnapshot();
      view.dom.remove();
    },
  };
}
