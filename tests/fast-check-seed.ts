import fc from 'fast-check';

/**
 * A check that lands or not must not depend on luck: properties try the same cases every time. `FC_SEED=any` tries others, and
 * what it finds stays as a named regression.
 */
const asked = process.env['FC_SEED'];
if (asked === undefined) fc.configureGlobal({ seed: 20_260_101 });
else if (/^-?\d+$/.test(asked)) fc.configureGlobal({ seed: Number(asked) });
