"""Our positions format: a posting's value is an array of two-byte positions, without pickle."""

from array import array
from collections.abc import Iterable

from whoosh import formats


class PositionArray(formats.Positions):  # type: ignore[misc]
    """Whoosh's `Positions` with a value that numpy reads and writes as it is.

    The class is named in every index folder: keep its module path.
    """

    def encode(self, positions: Iterable[int]) -> bytes:
        """Rising positions as little-endian two-byte numbers."""
        return array("H", positions).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """The rising positions of a posting."""
        return list(array("H", bytes(value)))

    def decode_frequency(self, value: bytes) -> int:
        """How often the term occurs."""
        return len(value) // 2

    def decode_weight(self, value: bytes) -> float:
        """The same as a weight; the posting's own weight also counts where it stands."""
        return len(value) / 2
