/**
 * What a shadow is given in the place of an argument with this method: something that looks the same, and through which it reaches
 * nobody. Asked before today's version is called. What else it has of its own it is given after that, as copies.
 */
export const forShadow = Symbol('for a shadow');
