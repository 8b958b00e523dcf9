/** `12,345` */
export const number = (value: number) => value.toLocaleString('en');

/** `1 row`, `12,345 rows` */
export const counted = (value: number, noun: string) => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `12.3 MB`, a million bytes each. */
export const size = (bytes: number) => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
