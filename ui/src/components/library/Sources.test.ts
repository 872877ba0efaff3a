import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
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
