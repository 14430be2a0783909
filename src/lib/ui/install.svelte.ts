/** Chromium's offer to install the page; other browsers never make it. */
interface InstallOffer extends Event {
	prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Keeps the browser's offer until someone taps for it, instead of letting it pop up by itself. */
class Install {
	#offer = $state.raw<InstallOffer | null>(null);

	get possible() {
		return this.#offer !== null;
	}

	/** Listens from the start: the offer comes once, soon after the page has loaded. */
	listen(): () => void {
		const keep = (event: Event) => {
			event.preventDefault();
			this.#offer = event as InstallOffer;
		};
		addEventListener('beforeinstallprompt', keep);
		return () => removeEventListener('beforeinstallprompt', keep);
	}

	async ask(): Promise<void> {
		await this.#offer?.prompt();
		this.#offer = null;
	}
}

export const install = new Install();
