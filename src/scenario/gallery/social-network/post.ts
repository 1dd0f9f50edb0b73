import { eventBus } from 'eventarium';

export interface Post {
  id: string;
  author: string;
  text: string;
}

export const bus = eventBus('social');

/** Who reads whom. Марта is famous. */
export const followers: Record<string, string[]> = {
  Марта: Array.from({ length: 40 }, (_, index) => `reader-${index + 1}`),
  Левко: ['reader-1', 'reader-2', 'reader-3'],
  Дарина: ['reader-2', 'reader-4'],
  Юрко: ['reader-1', 'reader-5', 'reader-6', 'reader-7'],
};
