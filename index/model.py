"""A language model as the program knows it: one question, one answer, a price.

No model is needed for anything. Who talks to a real one stands in `crawler.bedrock`.
"""

from dataclasses import dataclass
from typing import Protocol

from index.errors import KnowledgeBaseError


class ModelError(KnowledgeBaseError):
    """The model did not answer; the text names the reason, never what was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's words, and how many tokens were read and written."""

    text: str
    read: int
    written: int


class Model(Protocol):
    """Anything that answers."""

    def answer(self, instruction: str, data: str, most: int) -> Answer:
        """Answer in at most `most` tokens; raises ModelError."""
        ...


class Budget:
    """What may still be spent, in US dollars; `input_usd` and `output_usd` are the prices of
    a million tokens."""

    def __init__(self, usd: float, input_usd: float, output_usd: float) -> None:
        self.left = usd
        self._input = input_usd / 1_000_000
        self._output = output_usd / 1_000_000

    def cost(self, read: int, written: int) -> float:
        """What so many tokens cost."""
        return read * self._input + written * self._output

    def allows(self, text: str, most: int) -> bool:
        """True when the call fits even at its dearest: no token is shorter than a byte."""
        return self.cost(len(text.encode("utf-8", "replace")), most) <= self.left

    def spend(self, answer: Answer) -> None:
        """Take off what the call did cost."""
        self.left -= self.cost(answer.read, answer.written)
