// Offers to read the page of a survey aloud, where the browser has a voice of its own for the language. A voice from
// elsewhere is never used: it would send what stands on the page, answers among it, to whoever runs it.
(function () {
  const button = document.querySelector('[data-read-aloud]')
  const synthesis = window.speechSynthesis
  if (!button || !synthesis || !window.SpeechSynthesisUtterance) return
  const language = document.documentElement.lang
  const words = { start: button.textContent, stop: button.dataset.stop }

  function voice () {
    return synthesis.getVoices().find(function (one) {
      return one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language
    })
  }

  function offer () { button.hidden = !voice() }

  function stop () {
    synthesis.cancel()
    button.textContent = words.start
  }

  button.addEventListener('click', function () {
    if (synthesis.speaking) { stop(); return }
    const parts = document.querySelectorAll('#main h1, #main [data-read], #main label, #main .govuk-hint, #main .govuk-error-message')
    // What is folded away is not read: help stands folded on every page.
    const read = Array.prototype.filter.call(parts, function (part) { return !part.closest('details:not([open])') })
    button.textContent = words.stop
    read.forEach(function (part, at) {
      const said = new window.SpeechSynthesisUtterance(part.textContent)
      said.voice = voice()
      said.lang = language
      if (at === read.length - 1) said.onend = stop
      synthesis.speak(said)
    })
  })
  window.addEventListener('pagehide', stop)
  offer()
  if (synthesis.addEventListener) synthesis.addEventListener('voiceschanged', offer)
})()
