import { m } from '../paraglide/messages.js';
import type { Group } from './registry';

const groups: Record<Group, () => string> = {
  file: m.group_file, edit: m.group_edit, insert: m.group_insert, view: m.group_view, go: m.group_go, pages: m.group_pages,
};

/** Returns a group's name. */
export const groupName = (group: Group): string => groups[group]();
