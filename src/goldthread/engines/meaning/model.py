"""The model itself: six layers of a transformer, worked out with NumPy. [Reimers and Gurevych 2019; all-MiniLM-L6-v2]

A text becomes 384 numbers; texts that mean the same lie in the same direction. The weights are looked at where they lie
on the disk, so that processes share them.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goldthread.engines.meaning.wordpieces import WordPieces

LAYERS, HEADS, SIZE = 6, 12, 384
MOST_PIECES = 256
"""What of a text is longer is not read by the model. [sentence_bert_config.json of the package]"""

TOGETHER = 24
"""So many texts of about one length are worked out together."""

Numbers: TypeAlias = NDArray[np.float32]


class Model:
    """Texts into vectors of length one."""

    def __init__(self, folder: Path) -> None:
        self._pieces = WordPieces(folder / "vocab.txt")
        self._weights = opened(folder / "model.safetensors")

    def vectors(self, texts: Sequence[str]) -> Numbers:
        """One vector for each text, in their order."""
        held = [self._pieces.of_text(text, MOST_PIECES) for text in texts]
        found = np.zeros((len(held), SIZE), np.float32)
        order = sorted(range(len(held)), key=lambda at: len(held[at]))
        for first in range(0, len(order), TOGETHER):
            chosen = order[first : first + TOGETHER]
            found[chosen] = self._run([held[at] for at in chosen])
        return found

    def _run(self, texts: list[list[int]]) -> Numbers:
        width = max(map(len, texts))
        numbers = np.zeros((len(texts), width), np.int64)
        there = np.zeros((len(texts), width), np.float32)
        for at, one in enumerate(texts):
            numbers[at, : len(one)], there[at, : len(one)] = one, 1.0
        taken = self._embedded(numbers)
        # What pads a text is out of sight of its attention.
        hidden = ((there - 1.0) * 1e9)[:, None, None, :]
        for layer in range(LAYERS):
            taken = self._layer(f"encoder.layer.{layer}.", taken, hidden)
        summed = (taken * there[:, :, None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        whole: Numbers = summed / np.maximum(lengths, 1e-12)
        return whole

    def _embedded(self, numbers: NDArray[np.int64]) -> Numbers:
        held = self._weights
        summed = held["embeddings.word_embeddings.weight"][numbers]
        summed = summed + held["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        return self._even("embeddings.LayerNorm", summed + held["embeddings.token_type_embeddings.weight"][0])

    def _layer(self, name: str, taken: Numbers, hidden: Numbers) -> Numbers:
        texts, width, _ = taken.shape
        parts = [
            self._linear(f"{name}attention.self.{part}", taken)
            .reshape(texts, width, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        ]  # fmt: skip
        weighed = parts[0] @ parts[1].swapaxes(-1, -2) / np.float32((SIZE // HEADS) ** 0.5) + hidden
        weighed = np.exp(weighed - weighed.max(axis=-1, keepdims=True))
        weighed /= weighed.sum(axis=-1, keepdims=True)
        seen = (weighed @ parts[2]).transpose(0, 2, 1, 3).reshape(texts, width, SIZE)
        seen = self._even(
            f"{name}attention.output.LayerNorm", taken + self._linear(f"{name}attention.output.dense", seen)
        )
        wide = gelu(self._linear(f"{name}intermediate.dense", seen))
        return self._even(f"{name}output.LayerNorm", seen + self._linear(f"{name}output.dense", wide))

    def _linear(self, name: str, taken: Numbers) -> Numbers:
        flat = taken.reshape(-1, taken.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*taken.shape[:-1], -1)

    def _even(self, name: str, taken: Numbers) -> Numbers:
        """Each row with a mean of nought and a spread of one, then stretched as the model has learned."""
        taken = taken - taken.mean(axis=-1, keepdims=True)
        spread = np.sqrt((taken * taken).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        even: Numbers = taken / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return even


def gelu(taken: Numbers) -> Numbers:
    """x times the share of the normal distribution below x, in place; some rows at a time stay near the processor.

    The error function is that of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26, which is
    right to 0.00000015.
    """
    rows = taken.reshape(-1, taken.shape[-1])
    for first in range(0, len(rows), 64):
        some = rows[first : first + 64]
        far = np.abs(some) * np.float32(0.5**0.5)
        near = 1 / (1 + np.float32(0.3275911) * far)
        rest = near * np.float32(1.061405429)
        for part in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            rest += np.float32(part)
            rest *= near
        far *= -far
        rest *= np.exp(far, out=far)
        np.copysign(1 - rest, some, out=rest)
        rest += 1
        some *= np.float32(0.5)
        some *= rest
    return taken


def opened(path: Path) -> dict[str, Numbers]:
    """The weights of a file of safetensors, left where they lie: a length, a JSON head that says where each is, bytes.

    Raises ValueError where one is not of 32-bit numbers.
    """
    whole = np.memmap(path, np.uint8, "r")
    size = int.from_bytes(whole[:8].tobytes(), "little")
    head: dict[str, Any] = json.loads(whole[8 : 8 + size].tobytes())
    held: dict[str, Numbers] = {}
    for name, told in head.items():
        if name == "__metadata__" or told["dtype"] not in ("F32",):
            if name != "__metadata__" and not name.endswith("position_ids"):
                raise ValueError("the weights are not of the kind that is read here")
            continue
        start, end = (8 + size + at for at in told["data_offsets"])
        held[name.removeprefix("bert.")] = whole[start:end].view(np.float32).reshape(told["shape"])
    return held
