"""Polite Japanese sentence endings (です・ます) turned into the plain form of notes."""

import re

_E = "えけげせぜてでねべめれ"
_DICTIONARY = dict(zip("いきぎしちにびみり", "うくぐすつぬぶむる", strict=True))
_NEGATIVE = dict(zip("いきぎしちにびみり", "わかがさたなばまら", strict=True))
_PAST = dict(
    zip(
        "いきぎしちにびみり",
        ("った", "いた", "いだ", "した", "った", "んだ", "んだ", "んだ", "った"),
        strict=True,
    )
)
# Verbs of one row whose stem ends like those of the other.
_ONE_ROW = re.compile(
    r"(?:[てで]い|用い|率い|でき|起き|生き|落ち|降り|借り|信じ|感じ|応じ|生じ|閉じ|過ぎ|満ち|足り|見)$"
)
_ENDING = re.compile(r"(?P<stem>.*[ぁ-ん一-鿿])(?P<end>ます|ました|ません|ませんでした)。?$", re.S)


def plain_form(sentence: str) -> str:
    """`まとめます` → `まとめる`, `行いました` → `行った`, `ありません` → `ない`; a sentence
    with another ending loses its full stop only."""
    match = _ENDING.match(sentence)
    if match is None:
        return sentence.removesuffix("。")
    stem, end = match["stem"], match["end"]
    if stem.endswith("あり") and end.startswith("ません"):
        return stem[:-2] + ("なかった" if end == "ませんでした" else "ない")
    last = stem[-1]
    if last in _E or _ONE_ROW.search(stem):
        return stem + {"ます": "る", "ました": "た", "ません": "ない"}.get(end, "なかった")
    if stem.endswith(("し", "来", "き")) and re.search(
        r"(?:^|[一-鿿ァ-ヺー]{2}|[をもにとく])し$", stem
    ):
        return stem[:-1] + {"ます": "する", "ました": "した", "ません": "しない"}.get(
            end, "しなかった"
        )
    if last not in _DICTIONARY:
        return sentence.removesuffix("。")
    if end == "ます":
        return stem[:-1] + _DICTIONARY[last]
    if end == "ました":
        # 行きました is the one exception: 行った.
        return stem[:-1] + ("った" if stem.endswith("行き") else _PAST[last])
    return stem[:-1] + _NEGATIVE[last] + ("ない" if end == "ません" else "なかった")
