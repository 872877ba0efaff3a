/** Puts the focus into the next pane (1) or the one before (-1). */
export function cycleRegions(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null && getComputedStyle(region).visibility !== 'hidden');
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + by + regions.length) % regions.length];
  const inside = next?.querySelector<HTMLElement>('[data-focus], .cm-content') ?? next?.querySelector<HTMLElement>('[tabindex="0"], button, input');
  (inside ?? next)?.focus();
}
