/** The example workspace in a browser: `npm run dev`. `#first` in the address starts without a workspace. */

import { memoryEngine, type MemoryEngine } from './engine';

const raw = import.meta.glob<string>(['../../../briefings/rok-nato/**/*.md', '../../../briefings/rok-nato/*.bib', '!**/README.md'], { query: '?raw', import: 'default', eager: true });

export function browserEngine(): MemoryEngine {
  const files = Object.fromEntries(Object.entries(raw).map(([path, text]) => [path.replace(/^.*rok-nato\//, ''), text]));
  return memoryEngine({ files, open: location.hash !== '#first' });
}
