import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from './commands/registry';
import { kept } from './state/memory';
import { FIXTURE } from './testing/fixture';
import { openWindow, press } from './testing/window';

afterEach(cleanup);

const FILES = {
  ...FIXTURE,
  'second.md': '---\ntitle: Second brief\ntemplate: policy-brief@1.0.0\n---\n\n# A start\n\nSome text.\n',
  'third.md': '---\ntitle: Third brief\ntemplate: policy-brief@1.0.0\n---\n\nMore.\n',
};
const names = (app: { documents: { tabs: { file: string }[] } }) => app.documents.tabs.map((tab) => tab.file);

async function withTabs() {
  const { app, engine } = await openWindow({ files: FILES });
  await app.navigation.openFile('second.md');
  await app.navigation.openFile('third.md');
  return { app, engine };
}

describe('tabs', () => {
  it('change places by keys, and come back after they were closed', async () => {
    const { app } = await withTabs();
    await press('PageUp', { ctrlKey: true, shiftKey: true });
    expect(names(app)).toEqual(['brief.md', 'third.md', 'second.md']);
    app.documents.front?.jump(60);
    await press('w', { ctrlKey: true });
    expect(names(app)).toEqual(['brief.md', 'second.md']);
    await press('T', { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(names(app)).toEqual(['brief.md', 'third.md', 'second.md']));
    expect(app.documents.front?.cursor.offset).toBe(60);
  });
});

describe('the split', () => {
  it('puts the briefing of before beside the one in front, both to be written in, and back', async () => {
    const { app, engine } = await withTabs();
    await press('\\', { code: 'Backslash', ctrlKey: true });
    const pane = await screen.findByRole('region', { name: 'Second briefing' });
    expect(app.documents.beside?.file).toBe('second.md');
    expect(names(app)).toEqual(['brief.md', 'third.md']);
    const { beside } = app.documents;
    beside?.view.dispatch({ changes: { from: beside.view.state.doc.length, insert: 'Beside.' }, userEvent: 'input' });
    await waitFor(() => expect(engine.files.get('second.md')).toContain('Beside.'));
    beside?.view.focus();
    await waitFor(() => expect(app.pages.briefing).toBe('second.md'));
    await fireEvent.click(within(pane).getByRole('button', { name: 'Back among the tabs' }));
    expect(app.documents.beside).toBeNull();
    expect(names(app)).toContain('second.md');
  });

  it('asks which where only one is open', async () => {
    const { app } = await openWindow({ files: FILES });
    runCommand(app, 'view.split');
    const input = await screen.findByRole('combobox', { name: 'Find or run' });
    await waitFor(() => expect(screen.getByRole('option', { name: /Second brief/ })).toBeTruthy());
    expect(screen.queryByRole('option', { name: /Priority areas/ })).toBeNull();
    await fireEvent.input(input, { target: { value: 'third' } });
    await fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(app.documents.beside?.file).toBe('third.md'));
  });
});

describe('the palette', () => {
  it('finds commands by other words for them as well', async () => {
    await openWindow({ files: FILES });
    await press('k', { ctrlKey: true });
    const input = await screen.findByRole('combobox', { name: 'Find or run' });
    const first = () => document.querySelector('#palette-list [role=option]');
    for (const [word, name] of [['>cheat', /Keyboard shortcuts/], ['>dark', /light and dark/], ['>side by', /second briefing beside/]] as const) {
      await fireEvent.input(input, { target: { value: word } });
      await waitFor(() => expect(first()?.textContent).toMatch(name));
    }
    await fireEvent.input(input, { target: { value: '>shortcuts' } });
    await waitFor(() => expect(first()?.querySelector('mark')?.textContent).toBe('shortcuts'));
  });
});

describe('the switcher', () => {
  it('starts with what was open before, and finds briefings, snippets and sources', async () => {
    const { app } = await withTabs();
    await app.navigation.openSnippet('itpp-2023');
    await waitFor(() => expect(app.documents.beside).not.toBeNull());
    await press('o', { ctrlKey: true });
    const input = await screen.findByRole('combobox', { name: 'Find or run' });
    await waitFor(() => expect(document.querySelector('#entry-0')?.textContent).toContain('Individually Tailored'));
    expect(document.querySelector('#entry-1')?.textContent).toContain('Second brief');
    await fireEvent.input(input, { target: { value: 'rekha' } });
    await waitFor(() => expect(screen.getByText('South Korea and NATO')).toBeTruthy());
    await fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(app.documents.front?.file).toBe('sources.bib'));
  });
});

describe('back and forward', () => {
  it('go through files, in the pane where they were', async () => {
    const { app } = await withTabs();
    await app.navigation.openSnippet('itpp-2023');
    await app.navigation.openSnippet('itpp-areas');
    await waitFor(() => expect(app.documents.beside?.file).toBe('snippets/itpp-areas.md'));
    app.documents.beside?.view.focus();
    await app.navigation.openFile('brief.md');
    await app.navigation.travel('back');
    await waitFor(() => expect(app.documents.beside?.file).toBe('snippets/itpp-areas.md'));
    await app.navigation.travel('back');
    expect(app.documents.canGoForward).toBe(true);
    await app.navigation.travel('forward');
    await app.navigation.travel('forward');
    await waitFor(() => expect(app.documents.front?.file).toBe('brief.md'));
  });
});

describe('a window that was closed', () => {
  it('comes back with its tabs, its cursor, its split and its filter', async () => {
    // Windows of the tests before keep how they are, too.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { app } = await withTabs();
    app.documents.place(app.documents.tabs[0] as never, 2);
    await app.navigation.openFile('second.md', 70);
    await app.navigation.openSnippet('itpp-2023');
    app.library.toggle('topics', 'itpp');
    app.pages.zoom = 'page';
    await waitFor(() => expect(JSON.stringify(kept(`window:${app.workspace?.folder}`))).toContain('"page"'), { timeout: 3000 });
    cleanup();
    const { app: again } = await openWindow({ files: FILES, keep: true });
    await waitFor(() => expect(again.documents.beside?.file).toBe('snippets/itpp-2023.md'));
    expect(names(again)).toEqual(['second.md', 'third.md', 'brief.md']);
    expect(again.documents.front?.file).toBe('second.md');
    expect(again.documents.front?.cursor.offset).toBe(70);
    expect(again.library.filter.topics).toEqual(['itpp']);
    expect(again.pages.zoom).toBe('page');
  });
});

describe('recent workspaces', () => {
  it('are offered at the start, and one can be left out', async () => {
    const { app } = await openWindow({ open: false, recent: ['/home/analyst/asia', '/home/analyst/europe'] });
    expect(screen.getByText('asia')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Leave asia out of this list' }));
    await waitFor(() => expect(screen.queryByText('asia')).toBeNull());
    expect(app.recent.folders).toEqual(['/home/analyst/europe']);
    await fireEvent.click(screen.getByText('europe'));
    await waitFor(() => expect(app.workspace).not.toBeNull());
  });
});
