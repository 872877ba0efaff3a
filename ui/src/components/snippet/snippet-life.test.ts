import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { undo } from '@codemirror/commands';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/registry';
import { bodyOf, wordDiff } from '../../editor/compare';
import { setTarget } from '../../editor/gestures';
import { openWindow, press } from '../../testing/window';

afterEach(cleanup);

const cursorAt = (app: Awaited<ReturnType<typeof openWindow>>['app'], text: string): void => {
  const view = app.documents.front?.view;
  if (view) view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf(text) } });
};

describe('a snippet', () => {
  it('gets another id, which all files follow and one undo takes back', async () => {
    const { app, engine } = await openWindow();
    app.overlay = { type: 'rename', id: 'itpp-2023' };
    const field = await screen.findByLabelText('New id');
    await fireEvent.input(field, { target: { value: 'ccdcoe' } });
    await screen.findByText('Another snippet has this id.');
    await fireEvent.input(field, { target: { value: 'a b' } });
    await screen.findByText(/letters, digits/);
    await fireEvent.input(field, { target: { value: 'programme-2023' } });
    await screen.findByText('All files that name it follow.');
    await fireEvent.submit(document.querySelector('#rename-snippet') as HTMLFormElement);
    await waitFor(() => expect(engine.files.has('snippets/programme-2023.md')).toBe(true));
    await waitFor(() => expect(app.documents.front?.view.state.doc.toString()).toContain('![[programme-2023|short]]'));
    await fireEvent.click(await screen.findByText('Undo'));
    await waitFor(() => expect(app.documents.front?.view.state.doc.toString()).toContain('![[itpp-2023|short]]'));
  });

  it('says what uses it before it goes, and comes back', async () => {
    const { app, engine } = await openWindow();
    app.overlay = { type: 'delete', ids: ['itpp-2023'] };
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/1 place uses it/);
    await fireEvent.submit(document.querySelector('#delete-snippet') as HTMLFormElement);
    await waitFor(() => expect(engine.files.has('snippets/itpp-2023.md')).toBe(false));
    await fireEvent.click(await screen.findByText('Undo'));
    await waitFor(() => expect(engine.files.has('snippets/itpp-2023.md')).toBe(true));
  });

  it('is duplicated by a command about the embed at the cursor, and opens beside', async () => {
    const { app } = await openWindow();
    cursorAt(app, '![[itpp-2023|');
    runCommand(app, 'snippet.duplicate');
    await waitFor(() => expect(app.documents.beside?.file).toBe('snippets/itpp-2023-2.md'));
  });

  it('is found where it is used', async () => {
    const { app } = await openWindow();
    cursorAt(app, '![[itpp-2023|');
    const { view } = app.documents.front as NonNullable<typeof app.documents.front>;
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    await app.navigation.openSnippet('itpp-2023');
    app.documents.beside?.view.focus();
    runCommand(app, 'snippet.whereUsed');
    await waitFor(() => expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe('![[itpp-2023|short]]'));
  });

  it('has a menu by keyboard in the library', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.library.total).toBe(3));
    screen.getByRole('listbox', { name: 'Snippets' }).focus();
    await press('ArrowDown');
    await press('F10', { shiftKey: true });
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText('Delete snippet…')).toBeTruthy();
  });
});

describe('a detached copy', () => {
  it('stands in the place of the embed, and settles with its origin when that changes', async () => {
    const { app, engine } = await openWindow();
    // A window of an earlier test may have kept the origin open; its file is changed below as by another program.
    const count = (wanted: (action: (typeof engine.actions)[number]) => boolean): number => engine.actions.filter(wanted).length;
    await waitFor(() => {
      if (app.documents.beside) app.navigation.close(app.documents.beside);
      expect(count((action) => action.type === 'closeDocument')).toBe(count((action) => action.type === 'openDocument' && action.file.startsWith('snippets/')));
    });
    cursorAt(app, '![[itpp-2023|');
    runCommand(app, 'snippet.detach');
    await waitFor(() => expect(app.documents.front?.view.state.doc.toString()).toContain('![[itpp-2023-2|short]]'));
    const origin = engine.files.get('snippets/itpp-2023.md') ?? '';
    engine.files.set('snippets/itpp-2023.md', origin.replace('of 2012', 'of 2017'));
    const { workspace } = app;
    if (workspace) engine.emit({ type: 'workspaceChanged', workspace, ids: ['itpp-2023', 'itpp-2023-2'], briefingsOnly: false });
    await screen.findByText('origin changed', {}, { timeout: 3000 });
    await waitFor(() => expect(document.querySelector('.origin-diff')?.innerHTML).toContain('<ins>2017</ins>'), { timeout: 3000 });
    await fireEvent.click(screen.getByText('See both'));
    const both = await screen.findByRole('dialog', { name: 'The copy and its origin' });
    expect((await within(both).findByRole('textbox', { name: 'Your copy' })).textContent).toContain('of 2012');
    expect(within(both).getByRole('textbox', { name: 'Its origin now' }).textContent).toContain('of 2017');
    expect(within(both).getByText('1 difference')).toBeTruthy();
    await fireEvent.click(within(both).getByText('Update'));
    await waitFor(() => expect(engine.files.get('snippets/itpp-2023-2.md')).toContain('of 2017'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('names the copy as one step of undoing', async () => {
    const { app } = await openWindow();
    const view = app.documents.front?.view;
    if (!view) return;
    const before = view.state.doc.toString();
    setTarget(view, before.indexOf('![[itpp-2023|'), 'itpp-2023', 'other');
    undo(view);
    expect(view.state.doc.toString()).toBe(before);
  });
});

describe('versions', () => {
  it('lists what was kept and puts an old text in as one change', async () => {
    const { app } = await openWindow();
    const view = app.documents.front?.view;
    if (!view) return;
    const before = view.state.doc.toString();
    view.dispatch({ changes: { from: view.state.doc.length, insert: 'later\n' } });
    await app.save();
    app.overlay = { type: 'versions', file: 'brief.md' };
    const list = await screen.findByRole('listbox', { name: 'Versions' }, { timeout: 5000 });
    await waitFor(() => expect(within(list).getAllByRole('option').length).toBeGreaterThan(1));
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Now' }).textContent).toContain('later'));
    expect(screen.getByText('1 difference')).toBeTruthy();
    await fireEvent.click(screen.getByText('Restore'));
    expect(view.state.doc.toString()).toBe(before);
  });
});

describe('wordDiff', () => {
  it('marks whole words', () => {
    expect(wordDiff('It covers ten areas.', 'It covers 11 areas.')).toEqual([
      { how: 'same', text: 'It covers ' }, { how: 'del', text: 'ten' }, { how: 'ins', text: '11' }, { how: 'same', text: ' areas.' },
    ]);
  });
  it('reads the body behind front matter', () => {
    expect(bodyOf('---\ntitle: x\n---\n\nBody\n')).toBe('Body');
  });
});
