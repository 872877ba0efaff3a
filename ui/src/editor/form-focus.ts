import type { OpenDocument } from '../state/document.svelte';
import { blockField } from './blocks-field';

const FIELDS = '.form input, .form select, .form button, .form textarea';

/** Goes to the form of the view at the cursor, else to the form of the properties. */
export function focusForm(document: OpenDocument): void {
  const { view } = document;
  if (document.sourceShown) document.toggleSource();
  const at = document.cursor.offset;
  const block = view.state.field(blockField).blocks.find((block) => block.type === 'view' && block.from <= at && at <= block.to);
  if (!block) return focusProperties(document);
  // With the cursor elsewhere the view shows its form in place of its source.
  const aside = block.to < view.state.doc.length ? block.to + 1 : Math.max(block.from - 1, 0);
  view.dispatch({ selection: { anchor: aside } });
  requestAnimationFrame(() => {
    const element = [...view.dom.querySelectorAll<HTMLElement>('.cm-view')].find((element) => view.posAtDOM(element) === block.from);
    element?.querySelector<HTMLElement>('.tok .value, .add-filter input')?.focus();
  });
}

function focusProperties({ view }: OpenDocument): void {
  view.scrollDOM.scrollTop = 0;
  requestAnimationFrame(() => {
    const line = view.dom.querySelector<HTMLElement>('.props-line');
    if (line?.getAttribute('aria-expanded') === 'false') line.click();
    requestAnimationFrame(() => view.dom.querySelector<HTMLElement>(FIELDS)?.focus());
  });
}
