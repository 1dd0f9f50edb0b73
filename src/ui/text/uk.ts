import type { Text } from './text';
import { ukDialogs } from './uk-dialogs';
import { ukEditor } from './uk-editor';
import { ukGallery } from './uk-gallery';
import { ukInspector } from './uk-inspector';
import { ukLog } from './uk-log';
import { ukSettings } from './uk-settings';
