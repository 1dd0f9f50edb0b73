import { eventBus } from 'eventarium';
import { save } from './signup';

eventBus('users').subscribe('user.registered', function saveUser({ data }) {
  save(data);
});
