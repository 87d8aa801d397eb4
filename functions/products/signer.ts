/** Who signs, for this one document: neither is stored, logged, or part of what tells a retry. */
export interface Official {
  /** 16 digits. */
  readonly nik: string;
  readonly passphrase: string;
}

/** Puts a certified electronic signature under an official document of the city (UU 11/2008 art. 11; PP 71/2019 art. 60). */
export interface Signer {
  /**
   * @returns the signed PDF
   * @throws Problem signerRefused when it does not sign for this person; signerDown when it does not answer
   */
  readonly sign: (pdf: Uint8Array, as: Official) => Promise<Uint8Array>;
}
