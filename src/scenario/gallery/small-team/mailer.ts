import { eventBus } from 'eventarium';
import { welcome } from './signup';

eventBus('users').subscribe('user.registered', function sendWelcome({ data }) {
  welcome(data);
});
