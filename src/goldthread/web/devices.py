"""A browser and its system in words, from what the browser says of itself; no more of that is kept."""

_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def in_words(said: str) -> str:
    """“Firefox on Windows”. The first that fits wins: browsers name the older ones that they are like, too."""
    browser = next((words for mark, words in _BROWSERS if mark in said), "A browser that is not known here")
    system = next((words for mark, words in _SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if system else browser
