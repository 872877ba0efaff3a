import { mount } from 'svelte';
import Window from './Window.svelte';
import { inShell, useTransport } from './ipc';
import { App } from './state/app.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/library.css';
import './styles/editor.css';
import './styles/pages.css';
import './styles/panels.css';
import './styles/search.css';

if (import.meta.env.DEV && !inShell()) {
  const { browserEngine } = await import('./testing/browser');
  useTransport(browserEngine());
}

const app = new App();
const target = document.getElementById('app');
if (target) mount(Window, { target, props: { app } });
void app.start();
