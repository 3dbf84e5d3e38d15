"""A small linear classifier of areas, learned from the entries that AWS itself tagged.

Features are the words and word pairs of the title and lead, and the services that the
taxonomy finds in them. Learning needs scikit-learn; guessing needs numpy alone. What is kept
is a file of plain numbers and words: nothing in it can run.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np

FORMAT = 1
FILE = "classifier.npz"
SMALLEST = 200
"""Fewer examples than this teach nothing worth having."""

_WORD = re.compile(r"[a-z][a-z0-9+#.]*[a-z0-9+#]|[ァ-ヺー]{2,}|[一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its services and the area that AWS's tag gives it."""

    text: str
    services: tuple[str, ...]
    area: str


def features(text: str, services: Sequence[str]) -> Counter[str]:
    """How often each word, pair of neighbouring words and service stands in the text."""
    words = _WORD.findall(text.lower())
    found = Counter(words)
    found.update(f"{a} {b}" for a, b in pairwise(words))
    found.update(f"§{name}" for name in services)
    if services:
        found[f"first §{services[0]}"] += 1
    return found


@dataclass(frozen=True)
class AreaClassifier:
    """Weights of a linear classifier: `weights` is areas by features, `idf` a feature's rarity."""

    areas: tuple[str, ...]
    vocabulary: tuple[str, ...]
    idf: "np.ndarray[Any, Any]"
    weights: "np.ndarray[Any, Any]"
    bias: "np.ndarray[Any, Any]"
    examples: int = 0

    @cached_property
    def _column(self) -> dict[str, int]:
        return {feature: i for i, feature in enumerate(self.vocabulary)}

    def guess(self, text: str, services: tuple[str, ...]) -> tuple[str, float]:
        """(the likeliest area, its margin over the runner-up)."""
        import numpy as np

        known = [(self._column[f], n) for f, n in features(text, services).items()
                 if f in self._column]  # fmt: skip
        scores = self.bias
        if known:
            columns = np.array([column for column, _ in known])
            values = (1 + np.log([n for _, n in known])) * self.idf[columns]
            values /= np.sqrt((values * values).sum())
            scores = self.bias + self.weights[:, columns] @ values
        second, best = np.argsort(scores)[-2:]
        return self.areas[best], float(scores[best] - scores[second])

    def save(self, folder: Path) -> Path:
        """Write the classifier to its file in the folder; the file."""
        import numpy as np

        about = {"format": FORMAT, "areas": self.areas, "vocabulary": self.vocabulary,
                 "examples": self.examples}  # fmt: skip
        file = folder / FILE
        fresh = file.with_suffix(".tmp.npz")
        np.savez_compressed(
            fresh,
            about=np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8),
            idf=self.idf,
            weights=self.weights,
            bias=self.bias,
        )
        fresh.replace(file)
        return file

    @classmethod
    def load(cls, folder: Path) -> "AreaClassifier | None":
        """The folder's classifier; None where there is none.

        Raises ConfigError for a file that is damaged or of another version.
        """
        file = folder / FILE
        if not file.exists():
            return None
        import numpy as np

        try:
            with np.load(file, allow_pickle=False) as found:
                about = json.loads(found["about"].tobytes().decode())
                if about["format"] != FORMAT:
                    raise ValueError(f"format {about['format']}, not {FORMAT}")
                areas, vocabulary = tuple(about["areas"]), tuple(about["vocabulary"])
                idf, weights, bias = found["idf"], found["weights"], found["bias"]
            if weights.shape != (len(areas), len(vocabulary)) or idf.shape != weights.shape[1:]:
                raise ValueError("its parts do not fit together")
        except Exception as error:
            reason = f"cannot be used ({error}); train it anew or delete it"
            raise ConfigError(reason, key=str(file)) from error
        return cls(areas, vocabulary, idf, weights, bias, int(about["examples"]))


def learn(examples: Iterable[Example]) -> AreaClassifier:
    """A classifier of these examples; raises ConfigError when they are too few.

    TF-IDF weights and a linear support vector machine; the same examples give the same
    classifier.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.svm import LinearSVC

    known = tuple(examples)
    if len(known) < SMALLEST or len({e.area for e in known}) < 3:
        raise ConfigError(
            f"only {len(known)} entries with AWS's own area tag: too few to learn from "
            f"(at least {SMALLEST})"
        )
    counted = [features(e.text, e.services) for e in known]
    spread = Counter(f for found in counted for f in found)
    kept = [{f: n for f, n in found.items() if spread[f] > 1} for found in counted]
    vectorizer = DictVectorizer(dtype=np.float64)
    tfidf = TfidfTransformer(sublinear_tf=True)
    matrix = tfidf.fit_transform(vectorizer.fit_transform(kept))
    model = LinearSVC(C=0.5, random_state=0).fit(matrix, [e.area for e in known])
    return AreaClassifier(
        areas=tuple(map(str, model.classes_)),
        vocabulary=tuple(map(str, vectorizer.get_feature_names_out())),
        idf=np.asarray(tfidf.idf_, dtype=np.float32),  # as it is kept
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        examples=len(known),
    )
