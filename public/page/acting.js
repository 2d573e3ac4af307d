/** What can be done with messages, and where they are written: loaded with a conversation, and where something that was done waits to be told. */

import "./quotes.js"
import "./reactors.js"
import "./errands.js"
import "./message-menu.js"
import "./message-keys.js"
import "./long-press.js"
import "./copying.js"
import "./writing.js"
