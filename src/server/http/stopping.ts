let stopping = false;

/** Whether this process has been told to stop: it answers what has been asked, and wants no more. */
export function isStopping() {
	return stopping;
}

export function beginStopping() {
	stopping = true;
}

/** For tests: a process of theirs runs many files, and only a process that ends stops once. */
export function forgetStopping() {
	stopping = false;
}
