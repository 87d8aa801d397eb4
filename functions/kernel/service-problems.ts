/** Refusals around the catalogue of services. A part of the error table. */
export const serviceProblems = {
  serviceHere: [
    409,
    'Layanan ini diajukan di sini, bukan lewat tautan ke sistem lain.',
    'This service is applied for here, not by a link to another system.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
