/** Elements that stand in the text; what they show is a component each, which follows the app's state by itself. */

import { type EditorView, WidgetType } from '@codemirror/view';
import type { Component } from 'svelte';
import Front from '../components/editor/Front.svelte';
import Picture from '../components/editor/Picture.svelte';
import Slip from '../components/editor/Slip.svelte';
import View from '../components/editor/View.svelte';
import type { EmbedCall } from './blocks';
import { host } from './host';
import { LiveView } from './live.svelte';
import { undoKey } from './undo-key';

const mounted = new WeakMap<HTMLElement, () => void>();
const lives = new WeakMap<HTMLElement, LiveView>();

abstract class ComponentWidget extends WidgetType {
  protected abstract readonly className: string;

  /** Mounts the component into `element`. */
  protected put<P extends Record<string, unknown>>(view: EditorView, component: Component<P>, props: P): HTMLElement {
    const element = document.createElement('div');
    element.className = this.className;
    element.addEventListener('keydown', (event) => undoKey(view, event));
    const around = view.state.facet(host);
    if (!around) return element;
    const unmount = around.mount(component, element, props);
    const resized = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => view.requestMeasure());
    resized?.observe(element);
    mounted.set(element, () => {
      resized?.disconnect();
      unmount();
    });
    return element;
  }

  override destroy(element: HTMLElement): void {
    mounted.get(element)?.();
    mounted.delete(element);
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Title, subtitle and properties in place of front matter. */
export class FrontWidget extends ComponentWidget {
  protected readonly className = 'cm-front';

  override eq(): boolean {
    return true;
  }

  override toDOM(view: EditorView): HTMLElement {
    return this.put(view, Front, { view });
  }

  override get estimatedHeight(): number {
    return 150;
  }
}

/** A snippet as it stands in the briefing. */
export class SlipWidget extends ComponentWidget {
  protected readonly className = 'cm-slip';

  constructor(
    readonly call: EmbedCall,
    readonly open: boolean,
  ) {
    super();
  }

  override eq(other: SlipWidget): boolean {
    return other.call.target === this.call.target && other.call.variant === this.call.variant && other.open === this.open;
  }

  override toDOM(view: EditorView): HTMLElement {
    return this.put(view, Slip, { view, call: this.call, open: this.open });
  }

  override get estimatedHeight(): number {
    return 90;
  }
}

/** A picture of the workspace, small, with what it shows in words. */
export class PictureWidget extends ComponentWidget {
  protected readonly className = 'cm-picture';

  constructor(
    readonly file: string,
    readonly alt: string,
    readonly open: boolean,
  ) {
    super();
  }

  override eq(other: PictureWidget): boolean {
    return other.file === this.file && other.alt === this.alt && other.open === this.open;
  }

  override toDOM(view: EditorView): HTMLElement {
    return this.put(view, Picture, { view, file: this.file, alt: this.alt, open: this.open });
  }

  override get estimatedHeight(): number {
    return 150;
  }
}

/** A view with its query and what it selects. */
export class ViewWidget extends ComponentWidget {
  protected readonly className = 'cm-view';

  constructor(
    readonly name: string,
    readonly body: string,
    readonly open: boolean,
  ) {
    super();
  }

  override eq(other: ViewWidget): boolean {
    return other.name === this.name && other.body === this.body && other.open === this.open;
  }

  override toDOM(view: EditorView): HTMLElement {
    const live = new LiveView(this);
    const element = this.put(view, View, { view, live });
    lives.set(element, live);
    return element;
  }

  /** A change of the query reaches the form that made it, which keeps the focus. */
  override updateDOM(element: HTMLElement): boolean {
    const live = lives.get(element);
    live?.take(this);
    return live !== undefined;
  }

  override get estimatedHeight(): number {
    return 80;
  }
}
