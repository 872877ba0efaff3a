import type { Menu } from '../ipc';
import { groupName } from './groups';
import { keyLabel } from './keys';
import { COMMANDS } from './registry';

/** Groups that have a menu, in order. */
const MENUS = ['file', 'edit', 'view', 'go', 'pages'] as const;

/** Returns the platform's menus: the registry's commands, group by group. */
export function menus(): Menu[] {
  return MENUS.map((group) => ({
    title: groupName(group),
    items: COMMANDS.filter((command) => command.group === group).map((command) => ({
      type: 'command', id: command.id, label: command.title(), accelerator: command.keys?.[0] ? keyLabel(command.keys[0]) : null,
    })),
  }));
}
