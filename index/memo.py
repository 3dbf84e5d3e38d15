"""A Japanese sentence made shorter, and clipped in the manner of a study memo (体言止め)."""

import re

from index.compression import shorten_names
from index.plain_form import plain_form

_OPENINGS = re.compile(
    r"^(?:(?:本日|今日|この度|このたび|今回)(?:より|から|は)?[、,]\s*)+"
    r"|^(?:アマゾン ウェブ サービス|Amazon Web Services \(AWS\)|AWS) は[、,]?\s*(?=.{12,}を発表)"
)
# "… ことを発表しました" → the thing itself, in the polite form.
_REPORTED = tuple(
    (
        re.compile(
            rf"{before}こと(?:を|が)(?:ここに|本日)?、?(?:お知らせ|発表)(?:いた)?し(?:ます|ました)。$"
        ),
        after,
    )
    for before, after in (
        (r"なった", "なりました。"),
        (r"(?<=[さら])れた", "れました。"),
        (r"した", "しました。"),
        (r"(?<=[さら])れる", "れます。"),
        (r"する", "します。"),
        (r"できる", "できます。"),
    )
)
_VITAL = re.compile(
    r"プレビュー|GA(?![A-Za-z])|一般(?:提供|公開)|リージョン|終了|廃止|"
    r"[0-9０-９]+ ?(?:円|ドル|USD)|[$¥]|ない|ません|不可|"
    r"米国|アジアパシフィック|欧州|ヨーロッパ|カナダ|南米|アフリカ|中東|中国|GovCloud"
)
# Not the places in "アジアパシフィック (東京)".
_ASIDE = re.compile(
    r"(?<!米国)(?<!東部)(?<!西部)(?<!アジアパシフィック)(?<!欧州)(?<!ヨーロッパ)(?<!カナダ)"
    r"(?<!南米)(?<!アフリカ)(?<!中東)(?<!GovCloud)(?<!\s)\s*[（(][^（）()]{2,}[)）]\s*"
)
PATIENCE = 1.15
"""How much longer than asked a sentence may be before it is broken off in mid-sentence."""
_CLAUSE_END = re.compile(r"、")
# A clause that can stand alone once its ending is made final.
_DONE = "サポート|導入|発表|追加|開始|強化|拡張|提供|実現|統合|改善|更新|公開|対応"
_FINAL = (
    (
        re.compile(r"(よう|可能|不要|簡単|容易)に(?:なり|なって|なったため|なったことで)$"),
        r"\1になりました。",
    ),
    (re.compile(rf"({_DONE})し(?:たため)?$"), r"\1しました。"),
    (re.compile(rf"({_DONE})され(?:たため)?$"), r"\1されました。"),
    (re.compile(r"(?<=[\u4e00-\u9fffァ-ヺー])し$"), "します。"),
    (re.compile(r"(?<=[\u4e00-\u9fffァ-ヺー])され$"), "されます。"),
    (re.compile(r"(?<=[\u4e00-\u9fffァ-ヺー])でき(?:るため)?$"), "できます。"),
)
_NOTE = tuple(
    (re.compile(rf"{pattern}。?$"), instead)
    for pattern, instead in (
        (r"(?:サポート|対応)するようになりま(?:す|した)", "サポート"),
        (r"(利用|使用)できるようになりま(?:す|した)", r"\1可能に"),
        (r"ができるようになりま(?:す|した)", "が可能に"),
        (r"できるようになりま(?:す|した)", "可能に"),
        (r"するようになりま(?:す|した)", "するように"),
        (r"ようになりま(?:す|した)", "ように"),
        (r"(?:ご)?利用(?:いただけ|でき)ま(?:す|した)", "利用可能"),
        (r"(?<=[\u4e00-\u9fffァ-ヺー]{2})(?:を)?(?:いた)?しま(?:す|した)", ""),
        (r"(?<=[\u4e00-\u9fffァ-ヺー]{2})され(?:てい)?ま(?:す|した)", ""),
        (r"(可能|不要|簡単|容易)(?:に|と)なりま(?:す|した)", r"\1に"),
        (r"することができま(?:す|した)", "可能"),
        (r"ことができま(?:す|した)", "ことが可能"),
        (r"(?<=[\u4e00-\u9fffァ-ヺー])できま(?:す|した)", "可能"),
        (r"となりま(?:す|した)", "に"),
        (r"(?<!ません)(?:です|でした)", ""),
    )
)


def compress_ja(sentence: str, longest: int, lines: int = 1) -> tuple[str, ...]:
    """The sentence without frames, in at most so many lines of at most `longest` characters.

    A long one is parted after a clause that can stand alone; asides and late clauses go only
    while a line is too long, and never with a stage, region, price or negation.
    """
    found = shorten_names(_OPENINGS.sub("", sentence.strip()))
    for reported, told in _REPORTED:
        found = reported.sub(told, found)
    if len(found) <= longest:
        return (found,)
    if lines > 1 and (parted := _parted(found, longest)):
        return (parted[0], *compress_ja(parted[1], longest, lines - 1))
    bare = _ASIDE.sub(_without_aside, found)
    return (bare,) if len(bare) <= longest else (_clipped(bare, longest),)


def _without_aside(match: re.Match[str]) -> str:
    """Nothing, or the blank that stands between Latin and Japanese words; news stays."""
    if _VITAL.search(match[0]):
        return match[0]
    before = match.string[match.start() - 1 : match.start()]
    return " " if before.isascii() and match[0].endswith(" ") else ""


def _parted(sentence: str, longest: int) -> tuple[str, str] | None:
    """The last clause end within `longest` after which both sides are sentences."""
    for end in reversed(_ends(sentence, longest)):
        for clause, final in _FINAL:
            if clause.search(sentence[:end]) and len(sentence) - end > 15:
                return clause.sub(final, sentence[:end]), sentence[end + 1 :].strip()
    return None


def _clipped(sentence: str, longest: int) -> str:
    """Cut after a clause that can stand alone, else between phrases with … to mark it; a
    sentence whose rest holds news stays whole."""
    ends = [e for e in _ends(sentence, longest) if not _VITAL.search(sentence[e:])]
    parted = _parted(sentence, longest)
    if parted and not _VITAL.search(parted[1]):
        return parted[0]
    if len(sentence) <= longest * PATIENCE:
        return sentence
    return f"{sentence[: ends[-1]]}…" if ends else sentence


def _ends(sentence: str, longest: int) -> list[int]:
    """Where clauses end, outside brackets, within `longest` characters."""
    found = [m.start() for m in _CLAUSE_END.finditer(sentence) if 30 <= m.start() < longest]
    return [end for end in found if _is_balanced(sentence[:end])]


def _is_balanced(text: str) -> bool:
    return all(text.count(o) == text.count(c) for o, c in ("()", "（）", "「」", "『』"))


def to_note(line: str) -> str:
    """The sentence clipped to a noun where a rule fits, in the plain form otherwise."""
    for pattern, instead in _NOTE:
        found, hits = pattern.subn(instead, line)
        if hits:
            return found
    return plain_form(line)
