/** When this process started, to the second: that is how exactly it is known. */
export const startedAt = new Date(Math.round(Date.now() / 1_000 - process.uptime()) * 1_000);
