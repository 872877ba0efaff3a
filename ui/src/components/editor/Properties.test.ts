import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { undo } from '@codemirror/commands';
import { afterEach, describe, expect, it } from 'vitest';
import type { MemoryOptions } from '../../testing/engine';
import { FIXTURE } from '../../testing/fixture';
import { runCommand } from '../../commands/registry';
import { nextReview } from '../../state/review';
import { openWindow, type } from '../../testing/window';

async function openForm(region: HTMLElement): Promise<HTMLElement> {
  const line = region.querySelector<HTMLElement>('.props-line');
  if (line?.getAttribute('aria-expanded') === 'false') await fireEvent.click(line);
  return within(region).findByRole('region', { name: 'Properties' });
}

async function briefing(options: MemoryOptions = {}) {
  const opened = await openWindow(options);
  const form = await openForm(screen.getByRole('main', { name: 'Text' }));
  await within(form).findByLabelText('Template');
  return { ...opened, form };
}

async function snippet(id: string) {
  const opened = await openWindow();
  await opened.app.navigation.openSnippet(id);
  const form = await openForm(await screen.findByRole('region', { name: 'Snippet' }));
  await within(form).findByLabelText('Kind');
  const text = () => opened.app.documents.beside?.view.state.doc.toString() ?? '';
  return { ...opened, form, text };
}

configure({ asyncUtilTimeout: 5000 });
afterEach(cleanup);

describe("a briefing's properties", () => {
  it('shows fields of the schema as text, and what it does not know as it is', async () => {
    const { form } = await briefing();
    expect((within(form).getByLabelText('Date') as HTMLInputElement).value).toBe('3 February 2025');
    expect((within(form).getByLabelText('Language') as HTMLInputElement).value).toBe('English');
    expect((within(form).getByLabelText('Template') as HTMLInputElement).value).toBe('policy-brief 1.0.0');
    expect(within(form).getByText('desk-ref')).toBeTruthy();
    expect(within(form).getByText('not a field of Chancery; kept as it is')).toBeTruthy();
  });

  it('keeps a date that is none, and says at the field what is wrong with it', async () => {
    const { form, text } = await briefing();
    const date = within(form).getByLabelText('Date');
    await type(date, '2025-13');
    await fireEvent.keyDown(date, { key: 'Enter' });
    expect(text()).toContain('\ndate: 2025-13\n');
    expect(date.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(date.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Not a date');
    await type(date, '2021/..');
    await fireEvent.blur(date);
    expect(text()).toContain('\ndate: 2021/..\n');
    expect(date.getAttribute('aria-invalid')).toBeNull();
  });

  it("sets what the pack can be set to, and changes nothing else", async () => {
    const { form, text } = await briefing();
    const before = text();
    const accent = await within(form).findByLabelText('Accent colour');
    await type(accent, '#aa0000');
    await fireEvent.keyDown(accent, { key: 'Enter' });
    expect(text()).toBe(before.replace('desk-ref: AD-2025-014\n', 'desk-ref: AD-2025-014\nsettings: { accent: "#aa0000" }\n'));
    const margin = within(form).getByLabelText('Outer margin');
    expect((margin as HTMLInputElement).placeholder).toBe('24mm');
    await type(margin, 'wide');
    await fireEvent.keyDown(margin, { key: 'Enter' });
    expect(text()).toContain('settings: { accent: "#aa0000", margin: wide }');
    expect(within(form).getByText(/Not a length/)).toBeTruthy();
  });

  it('switches what is yes or no, and shows what holds without it', async () => {
    const { form, text } = await briefing({ files: { ...FIXTURE, 'brief.md': (FIXTURE['brief.md'] ?? '').replace('policy-brief@1.0.0', 'briefing-deck@1.0.0') } });
    const cover = await within(form).findByRole('switch', { name: 'Title slide' });
    expect(cover.getAttribute('aria-checked')).toBe('true');
    await fireEvent.click(cover);
    expect(text()).toContain('settings: { cover: false }');
    expect(cover.getAttribute('aria-checked')).toBe('false');
  });

  it('names what a pack lets one set in the language of the interface, where the pack does', async () => {
    const { app, form } = await briefing({ files: { ...FIXTURE, 'brief.md': (FIXTURE['brief.md'] ?? '').replace('policy-brief@1.0.0', 'briefing-deck@1.0.0') } });
    await within(form).findByRole('switch', { name: 'Title slide' });
    app.preferences.locale = 'ko';
    await within(form).findByRole('switch', { name: '표지 슬라이드' });
    expect(within(form).getByLabelText('Speaker notes')).toBeTruthy();
    app.preferences.locale = 'en';
    await within(form).findByRole('switch', { name: 'Title slide' });
  });

  it('adds a property by its name, and takes it away with its last value', async () => {
    const { form, text } = await briefing();
    const add = within(form).getByRole('combobox', { name: 'Add property' });
    await type(add, 'vers');
    await within(form).findByRole('option', { name: /Version/ });
    await fireEvent.keyDown(add, { key: 'Enter' });
    const version = await within(form).findByLabelText('Version');
    await waitFor(() => expect(document.activeElement).toBe(version));
    await type(version, 'draft 2');
    await fireEvent.keyDown(version, { key: 'Enter' });
    expect(text()).toContain('\nversion: draft 2\n---');
    await type(version, '');
    await fireEvent.keyDown(version, { key: 'Enter' });
    expect(text()).not.toContain('version:');
  });

  it('chooses a day from a calendar and keeps that it is about', async () => {
    const { form, text } = await briefing({ files: { ...FIXTURE, 'brief.md': (FIXTURE['brief.md'] ?? '').replace('2025-02-03', '2025-02-03~') } });
    const date = within(form).getByLabelText('Date');
    date.focus();
    await fireEvent.keyDown(date, { key: 'ArrowDown', altKey: true });
    const calendar = await within(form).findByRole('dialog', { name: 'Choose a day' });
    await waitFor(() => expect(calendar.querySelector('[data-calendar-day][data-value="2025-02-14"]')).toBeTruthy(), { timeout: 5000 });
    await fireEvent.click(calendar.querySelector('[data-calendar-day][data-value="2025-02-14"]') as HTMLElement);
    await waitFor(() => expect(text()).toContain('\ndate: 2025-02-14~\n'));
    expect(within(form).queryByRole('dialog')).toBeNull();
  });
});

describe("a snippet's properties", () => {
  it('shows the fields of its kind, and other ones once its kind is another', async () => {
    const { form, text } = await snippet('itpp-areas');
    expect((await within(form).findByLabelText('Value') as HTMLInputElement).value).toBe('11');
    const value = within(form).getByLabelText('Value');
    await type(value, 'eleven');
    await fireEvent.blur(value);
    expect(text()).toContain('\nvalue: eleven\n');
    expect(within(form).getByText(/Not a number/)).toBeTruthy();
    await fireEvent.change(within(form).getByLabelText('Kind'), { target: { value: 'quote' } });
    expect(await within(form).findByLabelText('Speaker')).toBeTruthy();
    expect(text()).toContain('value: eleven');
  });

  it('is checked today at a press: to be checked again in a year, and one undo takes that back', async () => {
    const { app, form, text } = await snippet('itpp-2023');
    const before = text();
    await fireEvent.click(within(form).getByRole('button', { name: 'Checked today' }));
    expect(text()).toContain(`\nreview: ${nextReview()}\n`);
    expect(within(form).queryByRole('button', { name: 'Checked today' })).toBeNull();
    const { view } = app.documents.beside as NonNullable<typeof app.documents.beside>;
    undo(view);
    expect(text()).toBe(before);
    runCommand(app, 'snippet.checked');
    await waitFor(() => expect(text()).toContain(`\nreview: ${nextReview()}\n`));
    await fireEvent.click(await screen.findByText('Undo'));
    expect(text()).toBe(before);
  });

  it('takes topics that there are and ones that there are not', async () => {
    const { form, text } = await snippet('itpp-2023');
    const topics = within(form).getByLabelText('Topics', { selector: 'input' });
    await type(topics, 'cyb');
    await within(form).findByRole('option', { name: 'cyber' });
    await fireEvent.keyDown(topics, { key: 'ArrowDown' });
    await fireEvent.keyDown(topics, { key: 'Enter' });
    await type(topics, 'new one');
    await fireEvent.keyDown(topics, { key: 'Enter' });
    expect(text()).toContain('topics: [frameworks, itpp, cyber, new one]');
    await fireEvent.keyDown(topics, { key: 'Backspace' });
    await fireEvent.click(within(form).getByRole('button', { name: 'Remove frameworks' }));
    expect(text()).toContain('topics: [itpp, cyber]');
  });

  it('cites a source with its locator', async () => {
    const { form, text } = await snippet('itpp-2023');
    const sources = within(form).getByLabelText('Sources', { selector: 'input' });
    await type(sources, 'rekha');
    await within(form).findByRole('option', { name: /Rekha 2024/ });
    await fireEvent.keyDown(sources, { key: 'Enter' });
    const locator = await within(form).findByRole('textbox', { name: 'Locator in Rekha 2024' });
    await type(locator, 'para. 2');
    await fireEvent.keyDown(locator, { key: 'Enter' });
    await waitFor(() => expect(text()).toContain('sources: ["ballbach-2025, p. 4", "rekha-2024, para. 2"]'));
  });

  it('fires nothing while a syllable is being composed', async () => {
    const { form, text } = await snippet('itpp-2023');
    const before = text();
    const topics = within(form).getByLabelText('Topics', { selector: 'input' });
    await type(topics, '한');
    await fireEvent.keyDown(topics, { key: 'Enter', isComposing: true });
    expect(text()).toBe(before);
  });
});
