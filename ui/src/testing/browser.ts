/** The example workspace in a browser: `npm run dev`. `#first` in the address starts without a workspace, `#presenter` presents the deck. */

import { memoryEngine, type MemoryEngine } from './engine';

const raw = import.meta.glob<string>(['../../../briefings/rok-nato/**/*.md', '../../../briefings/rok-nato/*.bib', '../../../briefings/rok-nato/images/*.svg', '!**/README.md'], { query: '?raw', import: 'default', eager: true });

export function browserEngine(): MemoryEngine {
  const files = Object.fromEntries(Object.entries(raw).map(([path, text]) => [path.replace(/^.*rok-nato\//, ''), text]));
  const engine = memoryEngine({ files, open: location.hash !== '#first' });
  if (location.hash === '#presenter') void engine.act({ type: 'showPages', briefing: 'itpp-priorities-deck.md', first: 1, last: 2, scale: 1 });
  return engine;
}
