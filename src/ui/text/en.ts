import { enDialogs } from './en-dialogs';
import { enEditor } from './en-editor';
import { enGallery } from './en-gallery';
import { enInspector } from './en-inspector';
import { enLog } from './en-log';
import { enSettings } from './en-settings';
