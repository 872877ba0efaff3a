import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../commands/registry';
import { useTransport } from '../../ipc';
import { recall } from '../../state/memory';
import { Presenter } from '../../state/presenter.svelte';
import { memoryEngine } from '../../testing/engine';
import { FIXTURE } from '../../testing/fixture';
import { openWindow } from '../../testing/window';
import PresenterWindow from './Presenter.svelte';

afterEach(cleanup);

const DECK = `---
title: Priority areas
template: briefing-deck@1.0.0
marking: TLP:GREEN
---
## Lead with two fields

Text.

::: notes
Say the recommendation first.

Then the grounds.
:::

## What NATO gains

More.
`;

async function present() {
  const engine = memoryEngine({ files: { ...FIXTURE, 'deck.md': DECK } });
  useTransport(engine);
  await recall();
  const presenter = new Presenter();
  render(PresenterWindow, { props: { presenter } });
  await presenter.start();
  await engine.act({ type: 'showPages', briefing: 'deck.md', first: 1, last: 2, scale: 1 });
  await waitFor(() => expect(presenter.count).toBe(3));
  return { engine, presenter };
}
const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...more });

describe('the presenter', () => {
  it('shows the slide, the next one and the notes, and goes on by keys', async () => {
    const { presenter } = await present();
    expect(screen.getByText('TLP:GREEN')).toBeTruthy();
    await press(' ');
    expect(screen.getByText('Say the recommendation first.')).toBeTruthy();
    expect(screen.getByText('Slide 2 of 3')).toBeTruthy();
    await press('End');
    await waitFor(() => expect(screen.getByText('This is the last slide.')).toBeTruthy());
    await press('ArrowLeft');
    expect(presenter.at).toBe(1);
    await press('3');
    await press('Enter');
    expect(presenter.at).toBe(2);
    await press('Home');
    expect(presenter.at).toBe(0);
  });

  it('blacks the slide, and shows it alone for the projector', async () => {
    const { presenter } = await present();
    await press('b');
    expect(screen.queryByRole('img', { name: 'Slide 1: Priority areas' })).toBeNull();
    await press('b');
    await press('s');
    expect(presenter.slideOnly).toBe(true);
    expect(screen.queryByText('End')).toBeNull();
    expect(screen.getByRole('img', { name: 'Slide 1: Priority areas' })).toBeTruthy();
  });

  it('lets a point of light follow the pointer', async () => {
    const { presenter } = await present();
    await press('l');
    const ground = document.querySelector('.cur') as HTMLElement;
    await fireEvent.pointerMove(ground, { clientX: 200, clientY: 120 });
    expect(presenter.pointing).toBe(true);
    expect(document.querySelector('.light')).not.toBeNull();
    await fireEvent.pointerLeave(ground);
    expect(document.querySelector('.light')).toBeNull();
  });

  it('shows all slides to choose from by keyboard', async () => {
    const { presenter } = await present();
    await press('o');
    const list = await screen.findByRole('listbox', { name: 'All slides' });
    expect(document.activeElement).toBe(list);
    await fireEvent.keyDown(list, { key: 'End' });
    await fireEvent.keyDown(list, { key: 'ArrowLeft' });
    expect(presenter.at).toBe(0);
    await fireEvent.keyDown(list, { key: 'Enter' });
    expect(presenter.at).toBe(1);
    expect(screen.queryByRole('listbox', { name: 'All slides' })).toBeNull();
    await press('o');
    await fireEvent.keyDown(await screen.findByRole('listbox', { name: 'All slides' }), { key: 'Escape' });
    expect(presenter.overview).toBe(false);
    expect(presenter.at).toBe(1);
  });

  it('starts the clock anew by a key', async () => {
    const { presenter } = await present();
    presenter.toggleClock();
    await press('r');
    expect(presenter.running).toBe(true);
    expect(presenter.elapsed).toBeLessThan(1000);
  });

  it('follows changes of the deck, and of no other briefing', async () => {
    const { engine, presenter } = await present();
    await press('End');
    await engine.act({ type: 'openDocument', file: 'deck.md' });
    await engine.act({ type: 'edit', file: 'deck.md', version: 1, changes: [{ from: DECK.length, to: DECK.length, insert: '\n## A new slide\n' }] });
    await waitFor(() => expect(presenter.count).toBe(4));
    expect(presenter.at).toBe(2);
    await engine.act({ type: 'showPages', briefing: 'brief.md', first: 1, last: 2, scale: 1 });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(presenter.set?.briefing).toBe('deck.md');
  });

  it('counts the time, holds it, and says by how much it is over', async () => {
    const { presenter } = await present();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(presenter.now + 90_000);
    presenter.toggleClock();
    expect(presenter.running).toBe(false);
    expect(Math.round(presenter.elapsed / 1000)).toBeGreaterThanOrEqual(90);
    presenter.planned = 1;
    await waitFor(() => expect(screen.getByText(/^0:3\d over$/)).toBeTruthy());
    clock.mockRestore();
  });

  it('ends with Escape', async () => {
    const { engine } = await present();
    await press('Escape');
    expect(engine.actions.at(-1)).toEqual({ type: 'present', open: false });
  });

  it('is offered for decks only', async () => {
    const { app, engine } = await openWindow({ files: { ...FIXTURE, 'deck.md': DECK } });
    await waitFor(() => expect(app.pages.set?.kind).toBe('note'));
    runCommand(app, 'pages.present');
    expect(engine.actions.some((action) => action.type === 'present')).toBe(false);
    await app.navigation.openFile('deck.md');
    await waitFor(() => expect(app.pages.set?.kind).toBe('deck'));
    await fireEvent.keyDown(document.body, { key: 'F5' });
    expect(engine.actions.at(-1)).toEqual({ type: 'present', open: true });
  });
});
