import { EditorView } from '@codemirror/view';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../bindings/Problem';
import type { App } from '../../state/app.svelte';
import { openWindow } from '../../testing/window';

const KOREAN = /[가-힣]/;
const at = (line: number) => ({ file: 'brief.md', line, column: 1, endLine: line, endColumn: 4 });

/** Returns what the underlines of the text in front say, those in sight and others. */
function underlined(app: App): unknown[] {
  const view = app.documents.front?.view;
  return (view?.state.facet(EditorView.decorations) ?? []).flatMap((given) => {
    const found: unknown[] = [];
    const marks = typeof given === 'function' ? null : given.iter();
    for (; marks?.value; marks.next()) if (marks.value.spec.class?.startsWith('cm-problem')) found.push(marks.value.spec.attributes.title);
    return found;
  });
}

/** Opens the window, as whoever speaks Korean has it. */
async function koreanWindow() {
  const opened = await openWindow();
  await waitFor(() => expect(opened.app.problems.errors).toBe(1));
  opened.app.preferences.locale = 'ko';
  return opened;
}

afterEach(cleanup);

describe('what the engine says, in a window that speaks Korean', () => {
  it('is Korean in the list of problems and under the text, and English at once when the language is switched', async () => {
    const { app } = await koreanWindow();
    app.problems.open = true;
    const list = await screen.findByRole('listbox', { name: '문제' });
    await waitFor(() => expect(within(list).getByRole('option').textContent).toContain('ballbach-2024 출처가 없습니다'));
    expect(list.textContent).toContain('비슷한 이름: ballbach-2025');
    await waitFor(() => expect(underlined(app)).toEqual(['`ballbach-2024` 출처가 없습니다']));
    await fireEvent.click(screen.getByTitle('영어로 전환'));
    await waitFor(() => expect(list.textContent).toContain('There is no source ballbach-2024'));
    expect(list.textContent).toContain('Did you mean ballbach-2025?');
    expect(list.textContent).not.toMatch(KOREAN);
    await waitFor(() => expect(underlined(app)).toEqual(['there is no source `ballbach-2024`']));
  });

  it('is Korean over the pages that do not come', async () => {
    const { app } = await koreanWindow();
    const message = 'Typesetting was stopped after 10 s';
    const hint = 'The template, or what the briefing asks of it, does not come to an end. Use another template or version.';
    const problem: Problem = { severity: 'error', code: 'deadline', message, hint, ...at(1) };
    app.receive({ type: 'typesetFailed', briefing: 'brief.md', failure: { message, hint, problems: [problem] } });
    const failed = await screen.findByRole('alert');
    expect(failed.querySelector('h3')?.textContent).toBe('10초가 지나 조판을 중지했습니다');
    expect(failed.textContent).toContain('다른 서식이나 버전을 쓰십시오.');
    app.preferences.locale = 'en';
    await waitFor(() => expect(failed.querySelector('h3')?.textContent).toBe(message));
    expect(failed.textContent).toContain(hint);
    expect(failed.textContent).not.toMatch(KOREAN);
  });

  it('is Korean in notices of what failed', async () => {
    const { app } = await koreanWindow();
    const message = '/media/key/brief.pdf could not be written: No space left on device (os error 28)';
    const hint = 'Check that the folder is there and may be written to, and that the disk is not full.';
    const failure = { kind: 'machine' as const, code: 'not-written', message, hint };
    app.receive({ type: 'export', state: { type: 'failed', briefing: 'brief.md', problems: [], failure } });
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('/media/key/brief.pdf 파일을 쓸 수 없습니다: 디스크 공간 부족 (os error 28)');
    expect(notice.textContent).toContain('폴더가 있는지, 쓰기 권한과 디스크 공간이 있는지 확인하십시오.');
    app.preferences.locale = 'en';
    await waitFor(() => expect(notice.textContent).toContain(message));
    expect(notice.textContent).toContain(hint);
  });

  it('is Korean where a text is not saved', async () => {
    const { app } = await koreanWindow();
    const state = {
      type: 'failed' as const, message: 'brief.md could not be saved: Permission denied (os error 13)',
      hint: 'Your text is kept in the journal, and saving is tried again.',
    };
    app.receive({ type: 'saving', file: 'brief.md', state });
    const why = await screen.findByText('저장 안 됨: brief.md 파일을 저장할 수 없습니다: 권한 없음 (os error 13)');
    expect(why.title).toContain('입력한 글은 기록에 남아 있으며 저장을 다시 시도합니다.');
    app.preferences.locale = 'en';
    await screen.findByText(`Not saved: ${state.message}`);
  });

  it('is Korean where sources do not come in', async () => {
    const { app } = await koreanWindow();
    app.bibliography.show('adding');
    const panel = await screen.findByRole('dialog', { name: '출처 추가' });
    app.bibliography.failure = {
      kind: 'input', code: 'no-entry', message: 'line 3: expected comma', hint: 'Nothing was added. Mend the line, or copy the entry again.',
    };
    const reason = within(panel).getByRole('alert');
    await waitFor(() => expect(reason.textContent).toContain('3행: 있어야 할 것이 없음: 쉼표'));
    expect(reason.textContent).toContain('추가된 것이 없습니다.');
    app.preferences.locale = 'en';
    await waitFor(() => expect(reason.textContent).toContain('Nothing was added.'));
  });
});
