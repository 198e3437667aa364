// Gives out the page of offline packs while there is no connection, and holds the key of an open pack in memory, so
// that the page can be loaded again. It reaches nothing but that page and its styles and scripts, and stores nothing.
(function () {
  const CACHE = 'goldthread-offline'
  const PAGE = '/offline/'
  let held = null

  self.addEventListener('install', function () { self.skipWaiting() })
  self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()) })

  self.addEventListener('fetch', function (event) {
    const asked = event.request
    const address = new URL(asked.url)
    if (asked.method !== 'GET' || address.origin !== self.location.origin) return
    if (asked.mode === 'navigate' ? address.pathname !== PAGE : !['style', 'script', 'image', 'font'].includes(asked.destination)) return
    event.respondWith(self.caches.open(CACHE)
      .then(function (cache) { return cache.match(address.pathname) })
      .then(function (found) { return found || self.fetch(asked) }))
  })

  // Every few seconds the open page hands the key over again: a worker that was ended meanwhile has it back.
  self.addEventListener('message', function (event) {
    const told = event.data || {}
    if ('hold' in told) held = told.hold
    if (held && Date.now() >= held.until) held = null
    if (event.ports[0]) event.ports[0].postMessage(held)
  })
})()
