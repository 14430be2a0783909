declare global {
	/** Not yet among TypeScript's own DOM types. */
	interface Window {
		trustedTypes?: import('trusted-types/lib').TrustedTypePolicyFactory;
	}
	namespace App {
		interface Error {
			message: string;
			code?: string;
			/** What a person can quote; the log has the rest under it. */
			id?: string;
		}
		interface PageState {
			/** What a household met for the first time is called. */
			label?: string;
		}
		interface Locals {
			app: import('$lib/server/app').App;
		}
	}
}

export {};
