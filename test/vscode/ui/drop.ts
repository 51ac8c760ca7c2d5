/** Drops files of another program on a page, as the browser hands them over while Shift is held. */

/** @param files contents in base64 by name. Returns a script for the page. */
export const dropOf = (files: Readonly<Record<string, string>>): string => `(() => {
  const transfer = new DataTransfer();
  for (const [name, data] of Object.entries(${JSON.stringify(files)}))
    transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
  for (const type of ['dragenter', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
})()`;
