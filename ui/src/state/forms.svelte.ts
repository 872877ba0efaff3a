import { SvelteMap } from 'svelte/reactivity';
import type { Kind } from '../bindings/Kind';
import type { Query } from '../bindings/Query';
import type { TemplateCard } from '../bindings/TemplateCard';
import type { Values } from '../bindings/Values';
import { type FieldSpec, readSchema } from '../components/form/schema';
import { ask } from '../ipc';

const NO_VALUES: Values = { topics: [], actors: [], areas: [], programmes: [], images: [], languages: [], roles: [], series: [], dimensions: [], sides: [] };

/** What forms are made of: schemas, and the values that there are to choose from; asked for when first needed. */
export class Forms {
  #schemas = new SvelteMap<string, { schema: unknown; titled: boolean }>();
  #asked = new Map<string, Query>();
  #values = $state.raw<Values>(NO_VALUES);
  #fetching: Promise<Values> | null = null;
  #templates: Promise<TemplateCard[]> | null = null;
  #generation = 0;

  /** Returns the fields of a kind of snippet, of a briefing where none is given; empty until they have arrived. */
  fields(kind: Kind | null): FieldSpec[] {
    return this.#schema(`kind:${kind ?? ''}`, { type: 'form', kind });
  }

  /** Returns the fields that only this kind has. */
  own(kind: Kind): FieldSpec[] {
    const common = this.fields('text').map((field) => field.name);
    return common.length === 0 ? [] : this.fields(kind).filter((field) => !common.includes(field.name));
  }

  /** Returns the settings that a pack declares. */
  settings(template: string | null): FieldSpec[] {
    return this.#schema(`settings:${template ?? ''}`, { type: 'settingsForm', template });
  }

  /** Returns the options of a view, those of its query first. */
  view(name: string): FieldSpec[] {
    return this.#schema(`view:${name}`, { type: 'viewForm', name });
  }

  /** Values that fields of the workspace have, as far as they have arrived. */
  get values(): Values {
    queueMicrotask(() => void this.known());
    return this.#values;
  }

  /** Returns the values that fields of the workspace have. */
  known(): Promise<Values> {
    return (this.#fetching ??= this.#fetchValues());
  }

  /** Returns the packs to choose from. */
  templates(): Promise<TemplateCard[]> {
    this.#templates ??= ask({ type: 'templates' }, 'templates').then(({ templates }) => templates).catch(() => {
      this.#templates = null;
      return [];
    });
    return this.#templates;
  }

  /** Returns the title of an area or programme; its id where there is none. */
  titleOf(id: string): string {
    return [...this.values.areas, ...this.values.programmes].find((named) => named.id === id)?.title ?? id;
  }

  /** Forgets all, for another workspace. */
  reset(): void {
    this.#generation += 1;
    this.#schemas.clear();
    this.#asked.clear();
    this.#fetching = null;
    this.#values = NO_VALUES;
    this.#templates = null;
  }

  /** Asks again for what was needed so far, after a change of the workspace. */
  changed(): void {
    this.#fetching = null;
    this.#templates = null;
    for (const [key, query] of this.#asked) if (query.type === 'settingsForm') void this.#fetch(key, query);
  }

  async #fetchValues(): Promise<Values> {
    const generation = this.#generation;
    try {
      const { values } = await ask({ type: 'values' }, 'values');
      if (generation === this.#generation) this.#values = values;
    } catch {
      this.#fetching = null;
    }
    return this.#values;
  }

  #schema(key: string, query: Query): FieldSpec[] {
    const known = this.#schemas.get(key);
    if (known) return readSchema(known.schema, known.titled);
    if (!this.#asked.has(key)) {
      this.#asked.set(key, query);
      queueMicrotask(() => void this.#fetch(key, query));
    }
    return [];
  }

  async #fetch(key: string, query: Query): Promise<void> {
    const generation = this.#generation;
    try {
      const { schema } = await ask(query, 'form');
      if (generation === this.#generation) this.#schemas.set(key, { schema, titled: query.type === 'settingsForm' });
    } catch {
      // Without a schema the fields are shown as they are written; the next need asks again.
      if (generation === this.#generation) this.#asked.delete(key);
    }
  }
}
