let stopping = false;

/** Whether this process has been told to stop: it answers what has been asked, and wants no more. */
export function isStopping() {
	return stopping;
}

export function beginStopping(isSo = true) {
	stopping = isSo;
}
