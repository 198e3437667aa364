"""Who could be recognised by a text: by patterns, by facts told together, and by the words of the lists."""

from goldthread.domain.recognition.dictionary import Dictionary, Known
from goldthread.domain.recognition.doubt import Doubt
from goldthread.domain.recognition.patterns import doubts

__all__ = ["Dictionary", "Doubt", "Known", "doubts"]
