/** No page ships JavaScript unless it says so. */
export const csr = false;
