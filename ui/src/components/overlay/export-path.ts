import type { ExportFormat } from '../../bindings/ExportFormat';

/** Formats in the order in which they are offered. */
export const FORMATS: ExportFormat[] = ['pdf', 'png', 'svg', 'typst', 'md'];

const ENDINGS: Record<ExportFormat, string> = { pdf: '.pdf', png: '-{p}.png', svg: '-{p}.svg', typst: '-typst', md: '-export.md' };

/** Returns where an export goes unless another place is chosen: beside the briefing. */
export function exportPath(folder: string, briefing: string, format: ExportFormat): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder}${separator}${briefing.replace(/\.md$/, '')}${ENDINGS[format]}`;
}
