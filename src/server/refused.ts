/** Why the product would not do what it was asked. Only the web's error hook and the command line know what each means to them. */
export type Reason = 'not_found' | 'signed_out' | 'forbidden' | 'invalid' | 'conflict' | 'too_many' | 'unavailable';

/** A refusal: the message is shown to the person who asked and says what to do. Anything else that is thrown is a defect. */
export class Refused extends Error {
	readonly reason: Reason;

	constructor(reason: Reason, message: string) {
		super(message);
		this.name = 'Refused';
		this.reason = reason;
	}
}
