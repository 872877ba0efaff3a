import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { commands, runCommand } from '../commands/registry';
import { FIXTURE } from '../testing/fixture';
import { openWindow } from '../testing/window';
import { pageOf } from './source-links';

afterEach(cleanup);

const LINKED = { ...FIXTURE, 'sources.bib': (FIXTURE['sources.bib'] ?? '').replace('date = {2025-01},', 'date = {2025-01},\n  file = {ballbach.pdf},') };

it('reads the first page of a locator', () => {
  expect(['p. 4', 'pp. 3–4', '12', 'p. iv', '4쪽', 'pages 7-9'].map(pageOf)).toEqual(['4', '3', '12', 'iv', '4', '7']);
  expect(['', 'sec. 2', 'fig. 3', 'ch. 1', 'introduction'].map(pageOf)).toEqual([null, null, null, null, null]);
});

describe('the document of a source', () => {
  it('opens from a citation at its page', async () => {
    const { engine } = await openWindow({ files: LINKED });
    const chip = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('.cite[title*="opens it"]');
      expect(found).not.toBeNull();
      return found as HTMLElement;
    });
    await fireEvent.mouseDown(chip, { ctrlKey: true });
    expect(engine.actions.at(-1)).toEqual({ type: 'openSource', key: 'ballbach-2025', page: '4' });
  });

  it('opens by a command at the cursor, in the text and in a snippet\'s fields', async () => {
    const { app, engine } = await openWindow({ files: LINKED });
    const view = app.documents.front?.view;
    const applies = () => commands(app).find(({ id }) => id === 'sources.open')?.when?.(app);
    view?.dispatch({ selection: { anchor: view.state.doc.toString().indexOf('Two governments') } });
    expect(applies()).toBe(false);
    view?.dispatch({ selection: { anchor: view.state.doc.toString().indexOf('@ballbach-2025') + 3 } });
    runCommand(app, 'sources.open');
    expect(engine.actions.at(-1)).toEqual({ type: 'openSource', key: 'ballbach-2025', page: '4' });
    await app.navigation.openSnippet('itpp-2023');
    const beside = app.documents.beside;
    beside?.view.focus();
    beside?.view.dispatch({ selection: { anchor: beside.view.state.doc.toString().indexOf('ballbach-2025, p. 4') } });
    engine.actions.length = 0;
    runCommand(app, 'sources.open');
    expect(engine.actions.at(-1)).toEqual({ type: 'openSource', key: 'ballbach-2025', page: '4' });
  });

  it('opens from the fields of a snippet', async () => {
    const { app, engine } = await openWindow({ files: LINKED });
    await app.navigation.openSnippet('itpp-2023');
    const line = await waitFor(() => (screen.getByRole('region', { name: 'Snippet' })).querySelector('.props-line') as HTMLElement);
    if (line.getAttribute('aria-expanded') === 'false') await fireEvent.click(line);
    await fireEvent.click((await screen.findAllByRole('button', { name: 'Open the document of Ballbach 2025' }))[0] as HTMLElement);
    expect(engine.actions.at(-1)).toEqual({ type: 'openSource', key: 'ballbach-2025', page: '4' });
  });
});
