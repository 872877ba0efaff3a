import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { FIXTURE } from '../../testing/fixture';
import { openWindow } from '../../testing/window';
import { sentence } from '../../format/names';

afterEach(cleanup);

const LONG = { ...FIXTURE, 'brief.md': FIXTURE['brief.md'] + 'A line of text.\n\n'.repeat(120) };
const pointer = (y: number) => new MouseEvent('pointermove', { clientX: 120, clientY: y, bubbles: true });

describe('the preview', () => {
  it('shows one page at a time, and turns pages by keys', async () => {
    const { app } = await openWindow({ files: LONG });
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(2));
    await fireEvent.click(screen.getByRole('button', { name: 'One page at a time' }));
    await waitFor(() => expect(screen.getAllByRole('img', { name: /^Page \d of/ }).length).toBe(1));
    const sheets = screen.getByRole('document', { name: 'Pages' });
    await fireEvent.keyDown(sheets, { key: 'ArrowRight' });
    await waitFor(() => expect(screen.getByRole('img', { name: `Page 2 of ${app.pages.count}` })).toBeTruthy());
    app.pages.go(3);
    await waitFor(() => expect(screen.getByRole('img', { name: `Page 3 of ${app.pages.count}` })).toBeTruthy());
    app.preferences.singlePage = false;
  });

  it('tells where a fact comes from when the pointer rests on it', async () => {
    const { app } = await openWindow();
    await waitFor(() => expect(app.pages.count).toBeGreaterThan(0));
    const page = await screen.findByRole('img', { name: /^Page 1 of/ });
    app.pages.zoom = 1;
    for (let y = 80; y < 160 && !screen.queryByRole('tooltip'); y += 8) {
      await fireEvent(page, pointer((y * 96) / 72));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const card = await screen.findByRole('tooltip');
    await waitFor(() => expect(card.textContent).toContain('11 areas'));
    expect(card.textContent).toContain('itpp-areas');
    await fireEvent.pointerLeave(page);
    await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
  });
});

describe('what a notice says', () => {
  it('starts with a capital, unless it starts with a name in code', () => {
    expect(sentence('the briefing has errors')).toBe('The briefing has errors');
    expect(sentence('chancery.toml is no workspace')).toBe('chancery.toml is no workspace');
    expect(sentence('`fit` is no number')).toBe('`fit` is no number');
    expect(sentence('브리핑에 오류가 있습니다.')).toBe('브리핑에 오류가 있습니다.');
  });
});
