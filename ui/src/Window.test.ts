import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from './state/app.svelte';
import { openWindow, press } from './testing/window';
import Window from './Window.svelte';

afterEach(cleanup);

describe('the first-run screen', () => {
  it('offers an example, a new workspace and a folder', async () => {
    await openWindow({ open: false });
    expect(screen.getByText('Look around in an example')).toBeTruthy();
    await fireEvent.click(screen.getByText('Look around in an example'));
    await waitFor(() => expect(screen.getByRole('main', { name: 'Text' })).toBeTruthy());
  });

  it('switches its language at once', async () => {
    const { app } = await openWindow({ open: false });
    await fireEvent.click(screen.getByText('한국어'));
    await waitFor(() => expect(screen.getByText('예제 둘러보기')).toBeTruthy());
    expect(document.documentElement.lang).toBe('ko');
    app.preferences.locale = 'en';
  });
});

describe('the window', () => {
  it('opens the first briefing with its title, its pages and its problems', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.documents.front?.file).toBe('brief.md'));
    expect((screen.getByLabelText('Title') as HTMLTextAreaElement).value).toBe('Priority areas');
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(0));
    await waitFor(() => expect(document.title).toBe('Priority areas – ROK–NATO relations – Chancery'));
    await waitFor(() => expect(app.problems.errors).toBe(1));
  });

  it('shows the pages that are there when its page is loaded anew', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(0));
    cleanup();
    app.end();
    const again = new App();
    render(Window, { props: { app: again } });
    await again.start();
    await waitFor(() => expect(again.pages.count).toBe(app.pages.count));
    expect(again.pages.set?.pages.length).toBeGreaterThan(0);
  });

  it('sends what is typed, and says so only when it is on disk', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    const document = app.documents.front;
    if (!document) return;
    document.view.dispatch({ changes: { from: document.view.state.doc.length, insert: 'Ende' } });
    expect(document.saving.type).toBe('unsaved');
    await waitFor(() => expect(engine.files.get('brief.md')?.endsWith('Ende')).toBe(true));
    await waitFor(() => expect(document.saving.type).toBe('saved'));
  });

  it('has its lists follow once the text of a briefing rests, and at once what else changed', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(0));
    const query = vi.spyOn(engine, 'query');
    const asked = () => ['briefings', 'library', 'sources'].map((type) => query.mock.calls.filter(([asks]) => asks.type === type).length);
    const { workspace } = app;
    if (!workspace) return;
    for (let key = 0; key < 5; key++) engine.emit({ type: 'workspaceChanged', workspace, ids: [], briefingsOnly: true });
    expect(asked()).toEqual([0, 0, 0]);
    await waitFor(() => expect(asked()).toEqual([1, 1, 1]));
    // A page of the library waits for the one before it.
    await app.library.arrived();
    engine.emit({ type: 'workspaceChanged', workspace, ids: [], briefingsOnly: true });
    engine.emit({ type: 'workspaceChanged', workspace, ids: ['itpp-2023'], briefingsOnly: false });
    await waitFor(() => expect(asked()).toEqual([2, 2, 2]));
  });

  it('keeps what is typed while somebody else changes the file', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    const document = app.documents.front;
    if (!document) return;
    engine.hold();
    document.view.dispatch({ changes: { from: document.view.state.doc.length, insert: 'mine' } });
    engine.change('brief.md', [{ from: 0, to: 0, insert: '' }]);
    engine.release();
    await waitFor(() => expect(document.settled).toBe(true));
    await document.view.dispatch({});
    await waitFor(() => expect(engine.files.get('brief.md')?.endsWith('mine')).toBe(true));
  });

  it('closes a document only once the engine has all of it', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    const document = app.documents.front;
    if (!document) return;
    engine.hold();
    document.view.dispatch({ changes: { from: document.view.state.doc.length, insert: 'late' } });
    app.navigation.close(document);
    expect(app.documents.tabs).toHaveLength(0);
    expect(engine.actions.some((action) => action.type === 'closeDocument')).toBe(false);
    engine.release();
    await waitFor(() => expect(engine.actions.at(-1)?.type).toBe('closeDocument'));
    expect(engine.files.get('brief.md')?.endsWith('late')).toBe(true);
  });

  it('inserts the selected snippet at the cursor', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.library.total).toBe(3));
    const search = screen.getByRole('combobox', { name: 'Search snippets' });
    search.focus();
    await fireEvent.input(search, { target: { value: '사이버' } });
    await waitFor(() => expect(app.library.matched).toBe(1));
    await press('ArrowDown');
    await press('Enter');
    expect(app.documents.front?.view.state.doc.toString()).toContain('![[ccdcoe]]');
  });

  it('opens a snippet beside the briefing and shows where it is used', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    await app.navigation.openSnippet('itpp-2023');
    const pane = await screen.findByRole('region', { name: 'Snippet' });
    await waitFor(() => expect(within(pane).getByText('Priority areas')).toBeTruthy());
    expect(app.documents.front?.file).toBe('brief.md');
  });

  it('finds and runs a command by its name', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    await press('k', { ctrlKey: true });
    const input = await screen.findByRole('combobox', { name: 'Find or run' });
    await fireEvent.input(input, { target: { value: 'shortcuts' } });
    await waitFor(() => expect(document.querySelector('#entry-0')?.textContent).toContain('Keyboard shortcuts'));
    await fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(app.overlay?.type).toBe('shortcuts'));
  });

  it('fires no shortcut while a syllable is being composed', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.documents.front).not.toBeNull());
    await press('k', { ctrlKey: true, isComposing: true });
    expect(app.overlay).toBeNull();
  });

  it('keeps the last good pages when typesetting fails', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(0));
    const { count } = app.pages;
    engine.emit({ type: 'typesetFailed', briefing: 'brief.md', failure: { message: 'Typesetting stopped after 5 seconds', hint: null, problems: [] } });
    await screen.findByText('Typesetting stopped after 5 seconds');
    expect(app.pages.count).toBe(count);
  });

  it('replaces an unknown key by the one that the hint names', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.problems.errors).toBe(1));
    app.problems.open = true;
    await fireEvent.click(await screen.findByText('Replace by ballbach-2025'));
    expect(app.documents.front?.view.state.doc.toString()).not.toContain('ballbach-2024');
  });

  it('exports to a path beside the briefing and offers to open the file', async () => {
    const { app, engine } = await openWindow();
    await waitFor(() => expect(app.pages.briefing).toBe('brief.md'));
    app.overlay = { type: 'export' };
    await screen.findByText('Export Priority areas');
    await fireEvent.submit(document.querySelector('#export') as HTMLFormElement);
    await screen.findByText(/Exported brief.pdf/);
    await fireEvent.click(screen.getByText('Open'));
    await waitFor(() => expect(engine.actions.at(-1)).toEqual({ type: 'openFile', path: '/home/analyst/rok-nato/brief.pdf' }));
  });
});
