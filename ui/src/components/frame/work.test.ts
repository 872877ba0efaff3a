import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { openWindow } from '../../testing/window';

afterEach(cleanup);

describe('reading a big folder', () => {
  it('shows in the status bar how far it is, can be stopped, and leaves the text free', async () => {
    const { app, engine } = await openWindow();
    engine.emit({ type: 'progress', name: 'indexing', done: 0, total: 100_000 });
    engine.emit({ type: 'progress', name: 'indexing', done: 62_410, total: 100_000 });
    expect(screen.queryByRole('progressbar')).toBeNull();
    const bar = await screen.findByRole('progressbar', { name: 'Reading snippets' }, { timeout: 2000 });
    expect(bar.getAttribute('aria-valuenow')).toBe('62');
    expect(screen.getByText('62,410 / 100,000')).toBeTruthy();
    app.documents.front?.view.dispatch({ changes: { from: 0, insert: '' } });
    await fireEvent.click(screen.getByText('Stop'));
    await waitFor(() => expect(engine.actions.at(-1)).toEqual({ type: 'stopOpening' }));
    engine.emit({ type: 'progress', name: 'indexing', done: 100_000, total: 100_000 });
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });

  it('shows how far an export is, where that is known', async () => {
    const { engine } = await openWindow();
    engine.emit({ type: 'export', state: { type: 'running', briefing: 'brief.md', done: 0, total: null } });
    const bar = await screen.findByRole('progressbar', { name: 'Exporting' }, { timeout: 2000 });
    expect(bar.getAttribute('aria-valuenow')).toBeNull();
    engine.emit({ type: 'export', state: { type: 'running', briefing: 'brief.md', done: 10, total: 40 } });
    await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('25'));
    await fireEvent.click(screen.getByText('Stop'));
    await waitFor(() => expect(engine.actions.at(-1)).toEqual({ type: 'stopExport' }));
    engine.emit({ type: 'export', state: { type: 'stopped', briefing: 'brief.md' } });
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });
});
