// What a device holds of an offline pack: cases and answers sealed by AES-GCM, and in clear only the pack's number,
// addresses and times. The key is never stored: it lives in the memory of the page and of the worker beside it.
window.goldthreadOffline = (function () {
  const NAME = 'goldthread-offline'
  const FLAG = 'goldthread-offline'
  const SCOPE = '/offline/'
  const STORES = ['pack', 'cases', 'answers']
  const coder = new TextEncoder()
  const decoder = new TextDecoder()

  function database () {
    return new Promise(function (resolve, reject) {
      const asked = window.indexedDB.open(NAME, 1)
      asked.onupgradeneeded = function () { STORES.forEach(function (one) { asked.result.createObjectStore(one) }) }
      asked.onsuccess = function () { resolve(asked.result) }
      asked.onerror = function () { reject(asked.error) }
    })
  }

  // One transaction: `act` is given the stores by name, and what it returns is the answer once all is written.
  function within (mode, act) {
    return database().then(function (base) {
      return new Promise(function (resolve, reject) {
        const work = base.transaction(STORES, mode, { durability: 'strict' })
        const stores = {}
        STORES.forEach(function (one) { stores[one] = work.objectStore(one) })
        const asked = act(stores)
        work.oncomplete = function () { base.close(); resolve(asked && 'result' in asked ? asked.result : undefined) }
        work.onerror = work.onabort = function () { base.close(); reject(work.error) }
      })
    })
  }

  function all (name) {
    return within('readonly', function (at) { return at[name].getAll() })
  }

  // Whether there is anything at all, asked without opening a database on every page.
  function here () { return Boolean(window.localStorage.getItem(FLAG)) }

  function pack () {
    if (!here()) return Promise.resolve(null)
    return within('readonly', function (at) { return at.pack.get('pack') }).then(function (found) { return found || null })
  }

  // A pack and its cases, in one transaction: what could not be written whole is not on this device.
  function place (told, sealed) {
    window.localStorage.setItem(FLAG, 'yes')
    return within('readwrite', function (at) {
      at.answers.clear()
      at.cases.clear()
      sealed.forEach(function (one) { at.cases.put(one, one.id) })
      at.pack.put(told, 'pack')
    })
  }

  function toText (bytes) {
    let text = ''
    new Uint8Array(bytes).forEach(function (one) { text += String.fromCharCode(one) })
    return window.btoa(text)
  }

  function toBytes (text) {
    return Uint8Array.from(window.atob(text), function (one) { return one.charCodeAt(0) })
  }

  // The bytes that came are wiped; what is left cannot be taken out of the browser again, only used.
  function readKey (text) {
    const raw = toBytes(text)
    return window.crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']).finally(function () { raw.fill(0) })
  }

  function seal (key, about, value) {
    const iv = window.crypto.getRandomValues(new Uint8Array(12))
    return window.crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: coder.encode(about) }, key, coder.encode(JSON.stringify(value)))
      .then(function (data) { return { iv: toText(iv), data: toText(data) } })
  }

  function unseal (key, about, sealed) {
    return window.crypto.subtle.decrypt({ name: 'AES-GCM', iv: toBytes(sealed.iv), additionalData: coder.encode(about) }, key, toBytes(sealed.data))
      .then(function (clear) { return JSON.parse(decoder.decode(clear)) })
  }

  function worker () {
    if (!('serviceWorker' in navigator)) return Promise.resolve(null)
    return navigator.serviceWorker.getRegistration(SCOPE).then(function (found) { return found ? found.active : null })
  }

  // What the worker holds, after it was told something; nothing where there is no worker.
  function tellWorker (told) {
    return worker().then(function (active) {
      if (!active) return null
      return new Promise(function (resolve) {
        const channel = new MessageChannel()
        const late = window.setTimeout(function () { resolve(null) }, 3000)
        channel.port1.onmessage = function (event) { window.clearTimeout(late); resolve(event.data) }
        active.postMessage(told, [channel.port2])
      })
    })
  }

  // Deletes the cases, and the answers too unless they are still to be sent home. What is left of the pack is the note
  // that it was purged, until the server has heard of it.
  function purge (told, why, withAnswers) {
    return tellWorker({ hold: null })
      .then(function () {
        const noted = Object.assign({}, told, { purged: told.purged || why, purged_at: told.purged_at || Date.now() })
        return within('readwrite', function (at) {
          at.cases.clear()
          if (withAnswers) at.answers.clear()
          at.pack.put(noted, 'pack')
        }).then(function () { return noted })
      })
  }

  // Nothing is left, not even the page that works without a connection.
  function clear () {
    window.localStorage.removeItem(FLAG)
    return within('readwrite', function (at) { STORES.forEach(function (one) { at[one].clear() }) })
      .then(function () { return window.caches.delete(NAME) })
      .then(function () { return navigator.serviceWorker.getRegistration(SCOPE) })
      .then(function (found) { return found ? found.unregister() : null })
  }

  function fault (kind, says) {
    const made = new Error(says)
    made.kind = kind
    return made
  }

  function unreached () { return fault('net', navigator.onLine ? 'Goldthread cannot be reached just now.' : 'There is no connection.') }

  // What went wrong, for a reader: our own sentences as they are, and never what a browser says to whoever writes scripts.
  function words (failed) {
    return failed && failed.kind ? failed.message : 'This browser could not do it. Load the page again and try once more.'
  }

  function waits (count) {
    if (!count) return 'No answer waits here to be sent home.'
    return count === 1 ? '1 answer waits here, sealed, to be sent home.' : count + ' answers wait here, sealed, to be sent home.'
  }

  // How a pack came to be deleted here, and what became of the answers that lay here.
  function farewell (found) {
    if (found.why !== 'ended') return ({ time: 'Its time is over.', withdrawn: 'The lead withdrew it.', 'sign-out': 'You signed out.', 'sent-home': 'You sent it home.' }[found.why] || '') + ' What was answered here was sent home first.'
    if (!found.lost) return 'It had ended. No answer waited here to be sent home.'
    return 'It had ended, and its key is destroyed. ' + (found.lost === 1 ? '1 answer that was' : found.lost + ' answers that were') + ' not sent home before that could be read by nobody, and went with it.'
  }

  // A fresh token, and the proof that whoever is signed in is the one whose pack this is.
  function token (told, address) {
    return window.fetch(address, { redirect: 'manual' }).catch(function () { throw unreached() }).then(function (answer) {
      if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) throw fault('out', 'You are signed out. Sign in again to send your answers home.')
      if (!answer.ok) throw unreached()
      return answer.json()
    }).then(function (here) {
      if (here.who !== told.who) throw fault('other', 'Somebody else is signed in. The pack on this device is not theirs.')
      return here.token
    })
  }

  function post (told, address, body) {
    return token(told, address).then(function (fresh) {
      return window.fetch(told.home, { method: 'POST', body: new URLSearchParams(body), headers: { 'X-CSRFToken': fresh }, redirect: 'error' })
    }).catch(function (failed) { throw failed.kind ? failed : unreached() }).then(function (answer) {
      const json = (answer.headers.get('Content-Type') || '').startsWith('application/json')
      if (!json) throw fault(answer.status === 404 ? 'shut' : 'down', 'Goldthread could not take it just now.')
      return answer.json().then(function (said) {
        if (!answer.ok) throw fault('refused', said.says)
        return said
      })
    })
  }

  // Sends what was answered. Each answer goes from the device once the server has said what became of it, unless it was
  // written on meanwhile: then only its version moves on.
  function send (told, address) {
    return all('answers').then(function (answers) {
      const sent = answers.filter(function (one) { return one.pack === told.id }).slice(0, 500)
      const written = JSON.stringify(sent.map(function (one) {
        return { case: one.case, question: one.question, version: one.version, iv: one.iv, data: one.data, at: one.at }
      }))
      return post(told, address, { answers: written }).then(function (said) {
        return within('readwrite', function (at) {
          said.came.forEach(function (came) {
            const before = sent.find(function (one) { return one.case === came.case && one.question === came.question })
            const place = came.case + '/' + came.question
            const now = at.answers.get(place)
            now.onsuccess = function () {
              if (!now.result || came.outcome === 'unreadable') return
              if (now.result.iv === before.iv) at.answers.delete(place)
              else if (came.outcome === 'merged') at.answers.put(Object.assign(now.result, { version: came.version }), place)
            }
          })
        }).then(function () { return said.came.length === 500 ? send(told, address) : said })
      })
    })
  }

  // Sends everything home, deletes it here, and says so. Whatever was not taken keeps the pack from ending.
  function leave (told, why, address) {
    return send(told, address).then(function (said) {
      return all('answers').then(function (left) {
        if (left.length && !said.came.every(function (one) { return one.outcome === 'unreadable' })) throw fault('busy', 'Something was written meanwhile. Try again.')
        return purge(told, why, true)
      }).then(function (noted) {
        return post(noted, address, { ended: noted.purged, purged_at: noted.purged_at })
      }).then(clear).then(function () { return said })
    })
  }

  // What the time or the server asks for: purges what is over, withdrawn or ended. Says what is left to do.
  function look (address, online) {
    return pack().then(function (told) {
      if (!told) return null
      const over = Date.now() >= told.over_at && !told.purged
      return (over ? purge(told, 'time', false) : Promise.resolve(told)).then(function (now) {
        if (!online) return { pack: now, state: now.purged ? 'purged' : 'out' }
        return post(now, address, {}).then(function (said) { return after(now, said, address) }).catch(function (failed) {
          // Whose access has ended may keep nothing; what they answered stays sealed until it can be sent.
          if (failed.kind !== 'shut' || now.purged) throw failed
          return purge(now, 'withdrawn', false).then(function () { throw failed })
        })
      })
    })
  }

  function after (now, said, address) {
    if (said.state === 'ended') {
      return all('answers').then(function (left) {
        return purge(now, 'time', true).then(clear).then(function () { return { pack: now, state: 'gone', why: 'ended', lost: left.length, said } })
      })
    }
    if (said.state === 'out' && !now.purged) return { pack: now, state: 'out', said }
    const why = now.purged || (said.state === 'withdrawn' ? 'withdrawn' : 'time')
    return leave(now, why, address).then(function () { return { pack: now, state: 'gone', why, said } })
  }

  return { here, pack, place, all, within, words, waits, farewell, fault, unreached, readKey, seal, unseal, tellWorker, purge, clear, send, leave, look, SCOPE, CACHE: NAME }
})()
