export async function loadSamples() {}
