/** Why an endpoint gave no vectors. The message is for everybody who reads /status: it names no address and no key. */
export class NoVectors extends Error {
	/** Milliseconds for which the endpoint asks to be left alone; null where it does not say. */
	readonly retryAfter: number | null;
	/** Whether one of the texts may be the reason, so that others are worth a try. */
	readonly mayBeTheText: boolean;

	constructor(message: string, { retryAfter = null, mayBeTheText = false }: Partial<NoVectors> = {}) {
		super(message);
		this.name = 'NoVectors';
		this.retryAfter = retryAfter;
		this.mayBeTheText = mayBeTheText;
	}
}
