import { Facet } from '@codemirror/state';
import type { Component } from 'svelte';
import type { Notice } from '../state/notices.svelte';
import type { OpenDocument } from '../state/document.svelte';
import type { Evidence } from '../state/evidence.svelte';

/** What the editor's parts need of the app around them. */
export interface EditorHost {
  document: OpenDocument;
  evidence: Evidence;
  /** Opens a snippet beside the text. */
  openSnippet(id: string): void;
  /** Opens a source's document or address, at the page of a locator where it names one. */
  openSource(key: string, locator: string): void;
  /** Says what happened, or what failed. */
  say(notice: Notice): void;
  fail(error: unknown): void;
  /** Opens the dialogue for a new snippet, its title filled in. */
  createSnippet(title: string): void;
  /** Mounts a component into a widget's element; returns what takes it out again. */
  mount<P extends Record<string, unknown>>(component: Component<P>, target: HTMLElement, props: P): () => void;
}

/** The app around an editor. */
export const host = Facet.define<EditorHost, EditorHost | null>({ combine: (values) => values[0] ?? null });
