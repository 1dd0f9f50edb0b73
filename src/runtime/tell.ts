import type { Context } from './context';
import type { Life } from './life';

/** As `World.invoke`, for what is told of a subject: no function need be made for it. */
export function tellIn<T>(life: Life, context: Context, run: (subject: T) => void, subject: T): void {
  if (!life.alive) return;
  const { world } = life;
  const outer = world.turn.c;
  world.enter(life, context);
  try {
    run(subject);
  } catch (error) {
    life.uncaught(error, 'exception');
  }
  world.left(life, outer);
}
