import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/registry';
import { setQuery } from '../../editor/query-lines';
import { FIXTURE } from '../../testing/fixture';
import { openWindow, type as typeInto } from '../../testing/window';

configure({ asyncUtilTimeout: 5000 });
afterEach(cleanup);

async function openView() {
  const { app, text } = await openWindow();
  const view = await screen.findByRole('group', { name: 'Timeline' });
  // Its form is there once the engine said what options it has.
  await within(view).findByRole('button', { name: /^Title: / });
  return { app, view, text };
}

const type = (input: HTMLElement, value: string, key = 'Enter') => typeInto(input, value, key);

describe('the form of a view', () => {
  it('changes one line of the query and keeps the form', async () => {
    const { view, text } = await openView();
    await fireEvent.click(within(view).getByRole('button', { name: 'To 2024' }));
    await type(await within(view).findByLabelText('To', { selector: 'input' }), '2022-05');
    expect(text()).toBe((FIXTURE['brief.md'] ?? '').replace('to: 2024', 'to: 2022-05'));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('To May 2022'));
    expect(view.isConnected).toBe(true);
  });

  it('adds topics one by one', async () => {
    const { view, text } = await openView();
    await fireEvent.click(within(view).getByRole('button', { name: 'Topics frameworks' }));
    const topics = await within(view).findByRole('combobox', { name: 'Add: Topics' });
    await type(topics, 'itpp');
    await type(topics, 'cyber');
    expect(text()).toContain('\ntopics: [frameworks, itpp, cyber]\nfrom: 2005\n');
    expect(document.activeElement).toBe(topics);
    await fireEvent.keyDown(topics, { key: 'Escape' });
    await waitFor(() => expect(within(view).queryByRole('combobox', { name: 'Add: Topics' })).toBeNull());
  });

  it('adds a filter by its name, and takes one away', async () => {
    const { view, text } = await openView();
    const add = within(view).getByRole('combobox', { name: 'Add filter' });
    add.focus();
    await fireEvent.input(add, { target: { value: 'order' } });
    await within(view).findByRole('option', { name: /Order/ });
    await fireEvent.keyDown(add, { key: 'Enter' });
    await fireEvent.change(await within(view).findByLabelText('Order', { selector: 'select' }), { target: { value: '-date' } });
    expect(text()).toContain('\nto: 2024\nsort: "-date"\n```');
    await fireEvent.click(within(view).getByRole('button', { name: 'Remove From' }));
    expect(text()).toContain('```{timeline}\ntopics: [frameworks]\nto: 2024\n');
  });

  it('titles the view', async () => {
    const { view, text } = await openView();
    await fireEvent.click(within(view).getByRole('button', { name: 'Title: No title' }));
    const title = await within(view).findByLabelText('Title', { selector: 'textarea' });
    await fireEvent.input(title, { target: { value: 'Twenty years' } });
    expect(text()).toContain('\nto: 2024\ntitle: Twenty years\n```');
  });

  it('is one key away from the source', async () => {
    const { app, view, text } = await openView();
    const document = app.documents.front;
    if (!document) return;
    document.jump(text().indexOf('from: 2005'), false);
    await waitFor(() => expect(within(view).queryByRole('combobox', { name: 'Add filter' })).toBeNull());
    runCommand(app, 'edit.form');
    await waitFor(() => expect(window.document.activeElement?.textContent).toBe('Topics frameworks'));
  });
});

describe('setQuery', () => {
  it('fills an empty body and keeps what it does not know', () => {
    const apply = (body: string, name: string, value: string | string[] | null) => {
      const change = setQuery(body, name, value);
      return change ? body.slice(0, change.from) + change.insert + body.slice(change.to) : body;
    };
    expect(apply('', 'topics', ['a'])).toBe('topics: [a]\n');
    expect(apply('topics: [a]\nx: 1', 'from', '2005')).toBe('topics: [a]\nx: 1\nfrom: 2005');
    expect(apply('topics:\n  - a\nx: 1', 'topics', ['a', 'b'])).toBe('topics:\n  - a\n  - b\nx: 1');
    expect(apply('weights: {a: 1}\nx: 1', 'x', '2')).toBe('weights: {a: 1}\nx: 2');
  });
});
