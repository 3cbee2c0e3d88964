import type { Catalogue } from '../say.ts'

/** What the registry calls techniques, but for those that have the same name everywhere. */
export const titles: Catalogue = {
  'Short polling': '短轮询',
  'Long polling': '长轮询',
  'JSONP polling': 'JSONP 轮询',
  'iframe streaming': 'iframe 流',
  'Multipart streaming': 'multipart 流',
  'Fetch streaming (NDJSON)': 'fetch 流',
  'Server-Sent Events': '服务器推送事件（SSE）',
  'XMLSocket (Flash)': 'XMLSocket（Flash）',
  'Bare TCP': '裸 TCP',
}
