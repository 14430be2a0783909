import { mkdtempSync, openSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A grey picture: a row of bytes for each line, 0 is black. */
export type Picture = { width: number; height: number; grey: Uint8Array };

const [WIDTH, HEIGHT] = [640, 480];

/**
 * A film of these pictures, each for half a second, for Chromium's made-up camera
 * (--use-file-for-fake-video-capture). It begins again when it ends.
 */
export function film(pictures: Picture[]): string {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'tung-nha-film-')), 'codes.y4m');
	const out = openSync(file, 'w');
	writeSync(out, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
	const colourless = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128);
	for (const picture of pictures)
		for (let n = 0; n < 5; n++) {
			writeSync(out, 'FRAME\n');
			writeSync(out, framed(picture));
			writeSync(out, colourless);
		}
	closeSync(out);
	return file;
}

/** The picture in the middle of a grey desk, made smaller when it has to be. */
function framed({ width, height, grey }: Picture): Uint8Array {
	const scale = Math.min(1, (HEIGHT - 20) / height);
	const [wide, high] = [Math.floor(width * scale), Math.floor(height * scale)];
	const [left, top] = [(WIDTH - wide) >> 1, (HEIGHT - high) >> 1];
	const luma = new Uint8Array(WIDTH * HEIGHT).fill(140);
	for (let y = 0; y < high; y++)
		for (let x = 0; x < wide; x++)
			luma[(top + y) * WIDTH + left + x] =
				grey[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? 255;
	return luma;
}
