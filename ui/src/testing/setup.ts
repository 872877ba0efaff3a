/** What jsdom lacks and components ask for. */

Element.prototype.scrollIntoView ??= () => undefined;
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
HTMLImageElement.prototype.decode ??= () => Promise.resolve();
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
// Wide enough for all panes beside each other.
globalThis.innerWidth = 1280;
