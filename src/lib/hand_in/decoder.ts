/** Reads the QR code in a picture; null when there is none. */
export type Decoder = (picture: HTMLVideoElement) => Promise<string | null>;

/** Not yet among TypeScript's own DOM types. */
type Detector = { detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type Detectors = {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
};

/** Wide enough for a code of 77 modules at three pixels each, and quick on a slow phone. */
const WIDEST = 800;

/** The browser's own decoder where there is one that reads QR codes, else one that is fetched now. */
export async function openDecoder(): Promise<Decoder> {
	const { BarcodeDetector } = globalThis as { BarcodeDetector?: Detectors };
	const formats = await BarcodeDetector?.getSupportedFormats().catch((): string[] => []);
	if (BarcodeDetector && formats?.includes('qr_code')) {
		const detector = new BarcodeDetector({ formats: ['qr_code'] });
		return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
	}
	const { default: decode } = await import('qr/decode.js');
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return async (video) => {
		const scale = Math.min(1, WIDEST / video.videoWidth);
		canvas.width = video.videoWidth * scale;
		canvas.height = video.videoHeight * scale;
		if (!context || canvas.width === 0) return null;
		context.drawImage(video, 0, 0, canvas.width, canvas.height);
		try {
			return decode(context.getImageData(0, 0, canvas.width, canvas.height));
		} catch {
			// That is how it says that there is none.
			return null;
		}
	};
}
