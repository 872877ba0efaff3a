import { mount } from 'svelte';
import Window from './Window.svelte';
import PresenterWindow from './components/present/Presenter.svelte';
import { inShell, useTransport } from './ipc';
import { App } from './state/app.svelte';
import { recall } from './state/memory';
import { Presenter } from './state/presenter.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/library.css';
import './styles/editor.css';
import './styles/pages.css';
import './styles/panels.css';
import './styles/snippet.css';
import './styles/sources.css';
import './styles/forms.css';
import './styles/search.css';
import './styles/present.css';

if (import.meta.env.DEV && !inShell()) {
  const { browserEngine } = await import('./testing/browser');
  useTransport(browserEngine());
}

await recall().catch(() => undefined);
const target = document.getElementById('app');
// The shell opens a second window at this hash, for who speaks.
if (location.hash === '#presenter') {
  const presenter = new Presenter();
  if (target) mount(PresenterWindow, { target, props: { presenter } });
  void presenter.start().catch(() => undefined);
} else {
  const app = new App();
  if (target) mount(Window, { target, props: { app } });
  void app.start();
}
