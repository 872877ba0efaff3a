import { formatNumber } from '../format/date';
import { m } from '../paraglide/messages.js';
import type { App } from './app.svelte';

/** Says how long each stage of the last typesetting took. */
export function sayTimes(app: App): void {
  const stages = app.pages.set?.stages;
  if (!stages) return;
  const names = { edit: m.stage_edit, compose: m.stage_compose, compile: m.stage_compile, image: m.stage_image, transport: m.stage_transport };
  const tenths = (value: number): number => Math.round(value * 10) / 10;
  const detail = (Object.keys(names) as (keyof typeof names)[]).map((name) => `${names[name]()} ${formatNumber(tenths(stages[name]))} ms`).join(' · ');
  app.say({ text: m.cmd_times(), detail });
}
