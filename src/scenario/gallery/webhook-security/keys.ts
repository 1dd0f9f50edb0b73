/** The secret that provider and shop share, and nobody else should know. */
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** An old scheme, with a signature in hexadecimal over the body alone. */
export const oldSecret = 'shop-2019';
