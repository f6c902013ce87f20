"""One vote by the Rampart token classifier: given names and surnames, on onnxruntime alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit_kit.privacy.model_votes import NameVote

SOURCE = "Rampart"
_WINDOW, _OVERLAP = 480, 64  # characters: in longer windows it was measured to find less
_MOST_TOKENS = 510  # besides the two that begin and end each window
_LEAST = 0.6
_NAMES = ("GIVEN_NAME", "SURNAME")


class RampartVoter:
    """The model, loaded from its folder once: 0.2 s and 90 MB, measured. Then 12,000 to 33,000 characters a second."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        listed = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
        self._labels = [listed[str(number)] for number in range(len(listed))]
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._begin, self._end = (self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {given.name for given in self._session.get_inputs()}

    def __call__(self, text: str) -> Iterator[NameVote]:
        """The stretches that the model takes for names; first name and surname beside each other are one."""
        found: list[NameVote] = []
        for start in range(0, max(1, len(text) - _OVERLAP), _WINDOW - _OVERLAP):
            for vote in self._in_window(text[start : start + _WINDOW]):
                moved = NameVote(start + vote.start, start + vote.end, SOURCE, vote.score, tells_words=True)
                if found and moved.start <= found[-1].end + 1 and not text[found[-1].end : moved.start].strip():
                    last = found.pop()
                    moved = NameVote(
                        min(last.start, moved.start),
                        max(last.end, moved.end),
                        SOURCE,
                        max(last.score, vote.score),
                        tells_words=True,
                    )
                found.append(moved)
        yield from found

    def _in_window(self, text: str) -> Iterator[NameVote]:
        import numpy

        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        ids, offsets = encoded.ids[:_MOST_TOKENS], encoded.offsets[:_MOST_TOKENS]
        if not ids:
            return
        given = numpy.array([[self._begin, *ids, self._end]], dtype=numpy.int64)
        fed = {"input_ids": given, "attention_mask": numpy.ones_like(given), "token_type_ids": numpy.zeros_like(given)}
        told = self._session.run(None, {name: value for name, value in fed.items() if name in self._inputs})[0][0][1:-1]
        shares = numpy.exp(told - told.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        start = end = -1
        score = 0.0
        for best, share, (first, last) in zip(shares.argmax(axis=1), shares.max(axis=1), offsets, strict=True):
            named = self._labels[int(best)].endswith(_NAMES) and float(share) >= _LEAST
            if named and start >= 0 and not text[end:first].strip(" -'"):
                end, score = last, max(score, float(share))
                continue
            if start >= 0:
                yield NameVote(start, end, SOURCE, round(score, 2))
                start = -1
            if named:
                start, end, score = first, last, float(share)
        if start >= 0:
            yield NameVote(start, end, SOURCE, round(score, 2))
