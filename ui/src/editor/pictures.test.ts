import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { undo } from '@codemirror/commands';
import { afterEach, describe, expect, it } from 'vitest';
import { openWindow } from '../testing/window';
import { pictureText } from './pictures';

afterEach(cleanup);

const png = (name: string): File => new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2])], name, { type: 'image/png' });
const holding = (files: File[], texts: Record<string, string> = {}): unknown =>
  ({ files, types: ['Files', ...Object.keys(texts)], items: [], getData: (type: string) => texts[type] ?? '' });

async function writing() {
  const { app, engine } = await openWindow();
  const view = app.documents.front?.view;
  if (!view) throw new Error('nothing is open');
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  const before = view.state.doc.toString();
  return { app, engine, view, before, text: () => view.state.doc.toString() };
}

describe('a picture', () => {
  it('is pasted, asked for what it shows, and put in as one change', async () => {
    const { engine, view, before, text } = await writing();
    await fireEvent.paste(view.contentDOM, { clipboardData: holding([png('Chart 1.png')]) });
    const field = await screen.findByLabelText('What the picture shows');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(engine.actions.find((action) => action.type === 'addPicture')).toMatchObject({ name: 'Chart 1.png', data: 'iVBORw0KGgoBAg==' });
    view.dispatch({ changes: { from: view.state.doc.line(view.state.doc.lines - 1).from, insert: 'More. ' } });
    await fireEvent.input(field, { target: { value: 'Deliveries [2015 to 2024]' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(text().trimEnd().endsWith('\n\n![Deliveries \\[2015 to 2024\\]](images/chart-1.png)')).toBe(true);
    expect(screen.queryByLabelText('What the picture shows')).toBeNull();
    expect(view.contentDOM.contains(document.activeElement)).toBe(true);
    undo(view);
    expect(text()).not.toContain('images/chart-1.png');
    expect(text()).toContain('More. ');
    expect(before).not.toContain('More. ');
  });

  it('is shown in the text with its words, and its source line once the cursor is there', async () => {
    const { engine, view } = await writing();
    engine.files.set('images/map.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    view.dispatch({ changes: { from: view.state.doc.length, insert: '\n![A map](images/map.svg)\n\n![](images/none.png)\n\nEnd.\n' } });
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    const map = await screen.findByRole('figure', { name: 'Picture: A map' });
    expect(map.querySelector('img')?.getAttribute('src')).toMatch(/^data:image\/svg/);
    expect(map.textContent).toContain('A map');
    expect(view.contentDOM.textContent).not.toContain('![A map]');
    const none = screen.getByRole('figure', { name: 'Picture: none.png' });
    expect(none.textContent).toContain('No alternative text');
    await fireEvent.error(none.querySelector('img') as HTMLImageElement);
    expect(none.textContent).toContain('There is no picture images/none.png');
    view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf('![A map]') } });
    await waitFor(() => expect(view.contentDOM.textContent).toContain('![A map](images/map.svg)'));
    expect(screen.getByRole('figure', { name: 'Picture: A map' })).toBeTruthy();
  });

  it('may stay without words after one sentence that says what that means', async () => {
    const { view, text } = await writing();
    await fireEvent.paste(view.contentDOM, { clipboardData: holding([png('map.png')]) });
    const field = await screen.findByLabelText('What the picture shows');
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByText(/learns nothing of the picture/);
    expect(text()).not.toContain('images/');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(text()).toContain('![](images/map.png)');
  });

  it('left out is kept, and can still be put in', async () => {
    const { view, before, text } = await writing();
    await fireEvent.paste(view.contentDOM, { clipboardData: holding([png('map.png')]) });
    await fireEvent.keyDown(await screen.findByLabelText('What the picture shows'), { key: 'Escape' });
    expect(text()).toBe(before);
    await screen.findByText(/kept as images\/map\.png/);
    await fireEvent.click(screen.getByText('Put it in'));
    expect(text()).toContain('![](images/map.png)');
  });

  it('goes below the paragraph where it is dropped, one after the other', async () => {
    const { view, text } = await writing();
    const at = view.state.doc.toString().indexOf('Two governments');
    // No layout here: the pointer is over the paragraph.
    view.posAtCoords = () => at + 4;
    await fireEvent.drop(view.contentDOM, { dataTransfer: holding([png('a.png'), png('b.png')]) });
    await fireEvent.input(await screen.findByLabelText('What the picture shows'), { target: { value: 'First' } });
    await fireEvent.keyDown(screen.getByLabelText('What the picture shows'), { key: 'Enter' });
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('What the picture shows').value).toBe(''));
    await fireEvent.input(screen.getByLabelText('What the picture shows'), { target: { value: 'Second' } });
    await fireEvent.keyDown(screen.getByLabelText('What the picture shows'), { key: 'Enter' });
    expect(text()).toMatch(/Two governments built this .*\n\n!\[First\]\(images\/a\.png\)\n\n!\[Second\]\(images\/b\.png\)/);
  });

  it('that is none changes nothing and says so', async () => {
    const { app, view, before, text } = await writing();
    const file = new File(['PDF'], 'scan.tiff', { type: 'image/tiff' });
    await fireEvent.paste(view.contentDOM, { clipboardData: holding([file]) });
    await waitFor(() => expect(app.notices.current).toMatchObject({ text: 'this is no picture that a page can show', failed: true }));
    expect(text()).toBe(before);
    expect(screen.queryByLabelText('What the picture shows')).toBeNull();
  });

  it('of a text, as spreadsheets give it, gives way to the text', async () => {
    const { engine, view } = await writing();
    await fireEvent.paste(view.contentDOM, { clipboardData: holding([png('image.png')], { 'text/plain': '11 areas' }) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.actions.some((action) => action.type === 'addPicture')).toBe(false);
  });
});

it('writes addresses that Markdown reads', () => {
  expect(pictureText('images/a.png', ' a\nb ')).toBe('![a b](images/a.png)');
  expect(pictureText('images/a b.png', '')).toBe('![](<images/a b.png>)');
});
