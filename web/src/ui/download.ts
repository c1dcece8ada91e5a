/** Saves what the page shows as a file. */

const PNG_SCALE = 2;

export function downloadText(name: string, type: string, content: string): void {
  downloadBlob(name, new Blob([content], { type }));
}

/** Twice as large as on the page, on its own ground. */
export async function downloadSvgAsPng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * PNG_SCALE;
  canvas.height = image.height * PNG_SCALE;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser cannot draw a PNG');
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('this browser cannot write a PNG');
  downloadBlob(name, blob);
}

function downloadBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replaceAll(/[^\w.-]+/g, '-').toLowerCase();
  link.click();
  URL.revokeObjectURL(address);
}
