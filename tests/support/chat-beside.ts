import type { Site } from '../../scripts/browser/sites'
import { picturedAuthor } from './picture-feed'

/** Finds the frame of the chat in its page. */
export const chatFrame = 'iframe[data-holder]'

const watch = 'https://www.youtube.com/watch?v=hR7mQ2vLk0s'
const chat = 'https://www.youtube.com/live_chat?continuation=aW52ZW50ZWQ'

/** No two lines look alike: a picture from another place is another picture. */
const lines = Array.from(
  { length: 6 },
  (_, index) =>
    `<span style="display:block;height:25px;white-space:nowrap;overflow:hidden"><i style="display:inline-block;width:${40 + index * 23}px;height:15px;background:linear-gradient(90deg,hsl(${index * 53} 80% 45%),hsl(${index * 53} 80% 80%))"></i> We know her street, ${index}</span>`,
).join('')

function message(handle: string, number: number, words: string, marker = ''): string {
  return `<yt-live-chat-text-message-renderer id="ChwKGkNQaW52ZW50ZWQ${number}AAAAAAAAAAA%3D" ${marker} style="display:block;padding:8px 12px;border-bottom:1px solid #ddd">
<div id="content"><span id="timestamp">7:0${number} PM</span> <yt-live-chat-author-chip><span id="author-name" dir="auto">@${handle}</span></yt-live-chat-author-chip>
<span id="message" dir="auto">${words}</span></div></yt-live-chat-text-message-renderer>`
}

/** Before the pictured message stands more than the frame shows at once. */
const before = Array.from({ length: 9 }, (_, index) =>
  message(`ferry_${index}`, index, `Good evening from pier ${index}`),
).join('')

/** A video with its live chat in a frame of the same origin, over an edge of which a bar of the page lies. Invented. */
export const chatBeside: Site[] = [
  {
    address: watch,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The bay at night - YouTube</title></head>
<body style="margin:0;background:#fff;font:15px sans-serif"><div style="position:fixed;top:0;left:0;right:0;height:60px;background:#c2185b;z-index:9">A header that stays</div>
<div style="padding:37.3px 0 0 331.4px"><iframe data-holder id="chatframe" src="${chat}" style="width:420px;height:480px;border:5px solid #234;padding:3px"></iframe></div>
<div style="height:1500px"></div></body></html>`,
  },
  {
    address: chat,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live chat</title><style>html { scrollbar-width: none }</style></head>
<body style="margin:0;background:#fff;font:15px sans-serif"><yt-live-chat-app>${before}${message(picturedAuthor, 9, lines, 'data-pictured')}${message('quiet_tern', 8, 'After it.')}<div style="height:600px"></div></yt-live-chat-app></body></html>`,
  },
]
