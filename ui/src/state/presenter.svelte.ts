import type { Event } from '../bindings/Event';
import type { PageSet } from '../bindings/PageSet';
import type { Slide } from '../bindings/Slide';
import { act, ask, setTitle, subscribe } from '../ipc';
import { m } from '../paraglide/messages.js';
import { keep, kept } from './memory';
import { Preferences } from './preferences.svelte';

const PLANNED = 'presenter';
/** How long the digits of a slide's number may lie apart, in milliseconds. */
const TYPING = 4000;

function plannedBefore(): number | null {
  const minutes = Number(kept(PLANNED));
  return minutes > 0 ? minutes : null;
}

/** The presenter's window: which slide is on, and how long the talk has lasted. */
export class Presenter {
  readonly preferences = new Preferences();
  set = $state.raw<PageSet | null>(null);
  slides = $state.raw<Slide[]>([]);
  /** Which slide is on, from 0. */
  at = $state(0);
  black = $state(false);
  /** Whether only the slide is shown, for the projector. */
  slideOnly = $state(false);
  /** Whether a point of light follows the pointer over the slide. */
  pointing = $state(false);
  /** Whether all slides are shown, to choose one. */
  overview = $state(false);
  /** Digits typed so far of the slide to go to. */
  typed = $state('');
  now = $state(Date.now());
  running = $state(true);
  #before = $state(0);
  #since = $state(Date.now());
  #planned = $state<number | null>(plannedBefore());
  #typing: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  readonly count = $derived(this.slides.length);
  readonly current = $derived(this.slides[this.at]);
  readonly next = $derived(this.slides[this.at + 1]);
  /** How long the talk has lasted, in milliseconds. */
  readonly elapsed = $derived(Math.max(this.#before + (this.running ? this.now - this.#since : 0), 0));

  /** Asks for the deck, and follows its changes from now on. */
  async start(): Promise<void> {
    this.#ticking = setInterval(() => (this.now = Date.now()), 500);
    await subscribe((event) => this.receive(event));
    const { pages } = await ask({ type: 'pages' }, 'pages');
    if (pages) await this.#take(pages);
  }

  /** Ends ticking. */
  stop(): void {
    clearInterval(this.#ticking);
    clearTimeout(this.#typing);
  }

  /** Takes an event of the engine; other briefings than the deck do not matter here. */
  receive(event: Event): void {
    if (event.type === 'pages' && event.pages.kind === 'deck' && (this.set === null || this.set.briefing === event.pages.briefing)) {
      void this.#take(event.pages).catch(() => undefined);
    } else if (event.type === 'fileMoved' && event.file === this.set?.briefing && event.to !== null) {
      this.set = { ...this.set, briefing: event.to };
    }
  }

  /** The page that shows a slide. */
  page(slide: Slide | undefined): PageSet['pages'][number] | undefined {
    return slide && this.set?.pages[slide.page - 1];
  }

  /** Goes to a slide, counted from 0. */
  go(at: number): void {
    this.typed = '';
    this.black = false;
    this.overview = false;
    this.at = Math.min(Math.max(at, 0), Math.max(this.count - 1, 0));
  }

  /** Takes a digit of the slide's number to go to. */
  type(digit: string): void {
    clearTimeout(this.#typing);
    this.typed = (this.typed + digit).slice(-3);
    this.#typing = setTimeout(() => (this.typed = ''), TYPING);
  }

  get planned(): number | null {
    return this.#planned;
  }

  /** Sets how many minutes the talk may last. */
  set planned(minutes: number | null) {
    this.#planned = minutes !== null && minutes > 0 ? Math.min(Math.round(minutes), 600) : null;
    void keep(PLANNED, this.#planned);
  }

  /** Lets the clock run, or holds it. */
  toggleClock(): void {
    this.now = Date.now();
    if (this.running) this.#before = this.elapsed;
    else this.#since = this.now;
    this.running = !this.running;
  }

  /** Has the clock start from nothing. */
  restart(): void {
    this.now = Date.now();
    this.#before = 0;
    this.#since = this.now;
    this.running = true;
  }

  /** Closes the presenter's window. */
  async end(): Promise<void> {
    await act({ type: 'present', open: false });
  }

  async #take(pages: PageSet): Promise<void> {
    const { slides } = await ask({ type: 'slides' }, 'slides');
    this.set = pages;
    const shown = slides.filter((slide) => slide.page >= 1 && slide.page <= pages.pages.length);
    this.slides = shown.length > 0 ? shown : pages.pages.map((_, at) => ({ page: at + 1, title: '', notes: [] }));
    this.at = Math.min(this.at, Math.max(this.count - 1, 0));
    setTitle([m.pres_title(), this.slides[0]?.title, 'Chancery'].filter(Boolean).join(' – '));
  }
}
