import { encode } from 'uqr';

/** How frames are drawn: a good share may be misread (M), and a quiet border of four around. */
export const QR = { ecc: 'M', border: 4, boostEcc: false } as const;

/** A frame in pixels, each module a square of `scale`. */
export function pixelsOf(text: string, scale: number): Pixels {
	const { size, data } = encode(text, QR);
	const width = size * scale;
	const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
	for (let y = 0; y < width; y++)
		for (let x = 0; x < width; x++)
			if (data[Math.floor(y / scale)]?.[Math.floor(x / scale)])
				pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
	return { width, height: width, data: pixels };
}

type Pixels = Pick<ImageData, 'width' | 'height'> & { data: Uint8ClampedArray<ArrayBuffer> };
