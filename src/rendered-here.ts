/**
 * What a page is rendered from. SvelteKit writes down whatever a load returns for a script to go on with, also for pages
 * that ship none; wrapped in this, it is handed to the page as it is (see the transport in hooks.ts), which saves a fifth
 * of an edition's time.
 */
export class RenderedHere<Value> {
	readonly value: Value;

	constructor(value: Value) {
		this.value = value;
	}
}
