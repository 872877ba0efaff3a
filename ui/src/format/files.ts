/** Files that somebody chose, dropped or pasted, as text and as Base64. */

function read<T>(file: File, start: (reader: FileReader) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as T);
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    start(reader);
  });
}

/** Returns a file's text. */
export const readText = (file: File): Promise<string> => read(file, (reader) => reader.readAsText(file));

/** Returns a file as an address that holds all of it. */
export const readAddress = (file: File): Promise<string> => read(file, (reader) => reader.readAsDataURL(file));

/** Returns whether files are being dragged, which say what they are only once they are dropped. */
export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
