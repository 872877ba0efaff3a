/** Commands on the bibliography, and on the source cited at the cursor. */

import { m } from '../paraglide/messages.js';
import type { App } from '../state/app.svelte';
import type { OpenDocument } from '../state/document.svelte';
import { citedAt, openSource } from '../state/source-links';
import type { Command } from './registry';

function showPane(app: App): void {
  app.search.open = false;
  app.panes.show('library');
}

function document(app: App): OpenDocument | null {
  const { beside, front } = app.documents;
  return beside?.view.hasFocus ? beside : front;
}

function cited(app: App): { key: string; locator: string } | null {
  const at = document(app);
  return at && citedAt(app, at);
}

/** The commands that the registry lists. */
export const SOURCE_COMMANDS: Command[] = [
  {
    id: 'sources.add', group: 'file', title: m.sources_add_command, when: (app) => app.workspace !== null,
    run: (app) => {
      showPane(app);
      app.bibliography.show('adding');
    },
  },
  {
    id: 'sources.merge', group: 'file', title: m.sources_merge, when: (app) => app.workspace !== null,
    run: (app) => {
      showPane(app);
      app.bibliography.show('merging');
    },
  },
  {
    id: 'sources.open', group: 'go', title: m.sources_open_cited, when: (app) => cited(app) !== null,
    run: async (app) => {
      const found = cited(app);
      if (found) await openSource(app, found.key, found.locator);
    },
  },
];
