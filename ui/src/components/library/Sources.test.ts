import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/registry';
import { FIXTURE } from '../../testing/fixture';
import { openWindow } from '../../testing/window';

afterEach(cleanup);

it('says where a source is cited and goes there', async () => {
  const { app } = await openWindow();
  await fireEvent.click(screen.getByRole('tab', { name: 'Sources' }));
  await fireEvent.click(await screen.findByText('Ever-closer relations'));
  await screen.findByText('Cited 1×');
  await fireEvent.click(document.querySelector('.cited-in button') as HTMLElement);
  await waitFor(() => {
    const state = app.documents.front?.view.state;
    expect(state?.doc.lineAt(state.selection.main.head).text).toContain('@ballbach-2025, p. 4');
  });
});

const ENTRY = '@report{han-2024,\n  author = {Han, Min},\n  title = {A new source},\n  date = {2024},\n}\n';
const field = (name: string) => screen.findByLabelText(name);
const bib = (text: string, name = 'more.bib') => new File([text], name);

describe('adding sources', () => {
  it('takes what is pasted, says what came in and what was known, shows it, and takes it back', async () => {
    const { app, engine } = await openWindow();
    runCommand(app, 'sources.add');
    const box = await field('BibTeX, RIS, or CSL-JSON as a DOI gives it');
    await waitFor(() => expect(document.activeElement).toBe(box));
    await fireEvent.input(box, { target: { value: `${ENTRY}@article{rekha-2024,\n  title = {South Korea and NATO},\n}` } });
    await fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    await screen.findByText('Added 1 source to sources.bib');
    await screen.findByText('han-2024 · known already: rekha-2024');
    expect(screen.queryByRole('dialog', { name: 'Add sources' })).toBeNull();
    expect(engine.files.get('sources.bib')).toContain('A new source');
    const row = await screen.findByRole('button', { name: /A new source/ });
    await waitFor(() => expect(row.getAttribute('aria-expanded')).toBe('true'));
    await fireEvent.click(screen.getByText('Undo'));
    await waitFor(() => expect(engine.files.get('sources.bib')).not.toContain('A new source'));
  });

  it('keeps what did not come in, and says why where it stands', async () => {
    const { app } = await openWindow();
    await fireEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Add sources' }));
    const box = await field('BibTeX, RIS, or CSL-JSON as a DOI gives it');
    await fireEvent.input(box, { target: { value: '10.18449/2025C04' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(box.getAttribute('aria-invalid')).toBe('true'));
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toContain('There is no entry in this text');
    expect(app.notices.current).toBeNull();
    await fireEvent.keyDown(box, { key: 'Escape' });
    await fireEvent.click(screen.getByRole('button', { name: 'Add sources' }));
    expect((await field('BibTeX, RIS, or CSL-JSON as a DOI gives it') as HTMLTextAreaElement).value).toBe('10.18449/2025C04');
  });

  it('takes a form', async () => {
    const { app, engine } = await openWindow();
    runCommand(app, 'sources.add');
    await fireEvent.click(await screen.findByRole('button', { name: 'Form' }));
    await fireEvent.change(await field('Type'), { target: { value: 'article' } });
    await fireEvent.input(await field('Authors, one a line'), { target: { value: 'Kim, Dae-jung' } });
    const panel = within(screen.getByRole('dialog', { name: 'Add sources' }));
    await fireEvent.input(panel.getByLabelText('Title'), { target: { value: 'Ties that {bind}' } });
    const date = panel.getByLabelText(/^Date/);
    await fireEvent.input(date, { target: { value: 'June 2024' } });
    await panel.findByText(/Not a date/);
    expect(panel.getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled).toBe(true);
    await fireEvent.input(date, { target: { value: '2024-06' } });
    await fireEvent.input(panel.getByLabelText('Journal'), { target: { value: 'Asian Security' } });
    await fireEvent.click(panel.getByRole('button', { name: 'Add' }));
    await screen.findByText('Added 1 source to sources.bib');
    expect(engine.files.get('sources.bib')).toContain('@article{kim-2024,\n  author = {Kim, Dae-jung},\n  title = {Ties that \\{bind\\}},');
  });

  it('takes files that are dropped or chosen, and no others', async () => {
    const { engine } = await openWindow();
    await fireEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    const pane = document.querySelector('.source-pane') as HTMLElement;
    const held = { types: ['Files'], files: [bib(ENTRY)] };
    await fireEvent.dragOver(pane, { dataTransfer: held });
    await screen.findByText(/Drop \.bib/);
    await fireEvent.drop(pane, { dataTransfer: held });
    await screen.findByText('Added 1 source to sources.bib');
    expect(screen.queryByText(/Drop \.bib/)).toBeNull();
    await fireEvent.drop(pane, { dataTransfer: { types: ['Files'], files: [bib('x', 'notes.docx')] } });
    await screen.findByText('Only files in .bib, .ris or .json can be added.');
    const chooser = document.querySelector('input[type="file"]') as HTMLInputElement;
    await fireEvent.change(chooser, { target: { files: [bib(ENTRY.replaceAll('han-2024', 'han-2025'))] } });
    await waitFor(() => expect(engine.files.get('sources.bib')).toContain('han-2025'));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Add sources' })).toBeNull());
  });
});

describe('merging sources', () => {
  it('keeps the one that is chosen; citations follow, and one undo takes it back', async () => {
    const twice = `${FIXTURE['sources.bib']}@report{ballbach-swp,\n  author = {Ballbach, Eric J.},\n  title = {Ever-closer relations},\n  date = {2025},\n}\n`;
    const { app, engine } = await openWindow({ files: { ...FIXTURE, 'sources.bib': twice } });
    await fireEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    await fireEvent.click(await screen.findByText('1 duplicate'));
    const panel = within(await screen.findByRole('dialog', { name: 'Merge duplicates' }));
    await waitFor(() => expect((panel.getByRole('radio', { name: /ballbach-2025/ }) as HTMLInputElement).checked).toBe(true));
    await fireEvent.click(panel.getByRole('radio', { name: /ballbach-swp/ }));
    await fireEvent.click(panel.getByRole('button', { name: 'Keep ballbach-swp' }));
    await screen.findByText('Merged 2 entries into ballbach-swp');
    expect(engine.actions.at(-1)).toEqual({ type: 'mergeSources', keep: 'ballbach-swp', drop: ['ballbach-2025'] });
    expect(app.documents.front?.view.state.doc.toString()).toContain('[@ballbach-swp, p. 4]');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Merge duplicates' })).toBeNull());
    await fireEvent.click(screen.getByText('Undo'));
    await waitFor(() => expect(app.documents.front?.view.state.doc.toString()).toContain('[@ballbach-2025, p. 4]'));
  });

  it('says so where there is nothing to merge', async () => {
    const { app } = await openWindow();
    runCommand(app, 'sources.merge');
    await screen.findByText('No two sources have the same DOI, or the same title and year.');
  });
});
