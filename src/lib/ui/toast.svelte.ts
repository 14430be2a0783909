export type ToastMessage = {
	text: string;
	action?: { label: string; run: () => void };
};

/** One message at a time, at the foot of the screen. A new one takes the place of the old. */
class ToastShelf {
	#current = $state.raw<ToastMessage | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;

	get current() {
		return this.#current;
	}

	/** Shows a message for 10 s: long enough to read and to reach for the undo. */
	show(message: ToastMessage) {
		this.#current = message;
		this.resume();
	}

	dismiss() {
		clearTimeout(this.#timer);
		this.#current = null;
	}

	/** While a finger, a pointer or the focus is on it, it stays. */
	hold() {
		clearTimeout(this.#timer);
	}

	resume() {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.dismiss(), 10_000);
	}
}

export const toast = new ToastShelf();
