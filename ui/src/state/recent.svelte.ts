import { ask } from '../ipc';
import { forgetFolder, forgottenFolders } from './kept';

/** The folders of workspaces opened before, but for those that the user took out. */
export class Recent {
  /** Newest first. */
  folders = $state.raw<string[]>([]);

  /** Asks the engine which there are. */
  async refresh(): Promise<void> {
    const forgotten = forgottenFolders();
    const { folders } = await ask({ type: 'recent' }, 'recent');
    this.folders = folders.filter((folder) => !forgotten.includes(folder));
  }

  /** Leaves a folder out from now on. */
  forget(folder: string): void {
    forgetFolder(folder, true);
    this.folders = this.folders.filter((other) => other !== folder);
  }

  /** Takes a folder in that is open now, even where it was left out before. */
  opened(folder: string): void {
    forgetFolder(folder, false);
    void this.refresh().catch(() => undefined);
  }
}
