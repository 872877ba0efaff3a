/** Escape while a syllable is composed ends the syllable, and nothing else: no dialogue closes over it, no field is emptied. */

import { composing } from './keys';

/**
 * Follows compositions in the window; returns what takes it back.
 *
 * An input method gives the key on that ended a syllable: as part of the composition, or, with WebKitGTK, by itself right behind its end.
 */
export function endSyllables(): () => void {
  let ended = false;
  const started = (): void => void (ended = false);
  const finished = (event: CompositionEvent): void => void (ended = event.data !== '');
  const pressed = (event: KeyboardEvent): void => {
    if (composing(event)) return;
    if (ended && event.key === 'Escape') {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    ended = false;
  };
  window.addEventListener('compositionstart', started, true);
  window.addEventListener('compositionend', finished, true);
  window.addEventListener('pointerdown', started, true);
  window.addEventListener('keydown', pressed, true);
  return () => {
    window.removeEventListener('compositionstart', started, true);
    window.removeEventListener('compositionend', finished, true);
    window.removeEventListener('pointerdown', started, true);
    window.removeEventListener('keydown', pressed, true);
  };
}
