/** The lists of the library. */
export const LIBRARY_TABS = ['snippets', 'sources', 'briefings'] as const;
export type LibraryTab = (typeof LIBRARY_TABS)[number];

/** Returns whether something names one of the lists. */
export function isTab(value: unknown): value is LibraryTab {
  return LIBRARY_TABS.some((tab) => tab === value);
}
