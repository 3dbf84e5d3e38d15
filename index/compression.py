"""A sentence made shorter without losing what it says: stage, regions, prices, numbers.

Every step only removes words or puts an abbreviation that the sentence itself gives in
place of the long name.
"""

import re

from index.prose import is_japanese

_OPENINGS = re.compile(
    r"^(?:(?:Today|Starting (?:today|now)|Beginning today|As of today|From today|"
    r"Effective (?:today|immediately)|"
    r"With (?:this|today[’']s) (?:launch|release|update|feature|announcement))\s*,?\s+)+"
)
_WE = r"(?:AWS|Amazon Web Services(?: \(AWS\))?|[Ww]e|I)"
_JOY = r"(?:excited|pleased|happy|delighted|thrilled|proud|glad)"
_ANNOUNCE = (
    r"(?:announc(?:es?|ed|ing)|launch(?:es|ed|ing)?|introduc(?:es?|ed|ing)|releas(?:es?|ed|ing))"
)
_FRAME = re.compile(
    rf"^{_WE}(?: is|[’']s| are|[’']re| am|[’']m| has| have)?(?: (?:very |so )?{_JOY} to)?"
    rf"(?: now)? {_ANNOUNCE}(?: that)?(?: today)?\s+(?:the\s+)?(?=\S)"
)
_AVAILABILITY = re.compile(r"^(?:the )?(?:immediate )?availability of (?:a new feature: )?")
_GENERAL = re.compile(r"^(?:the )?(general|public|preview) availability of ", re.I)
_PAREN = re.compile(r"\s*\(((?:Amazon |AWS )?[A-Z][A-Za-z0-9&-]{1,9})\)")
_ASIDE = re.compile(r"\s*\([^()]{12,}\)")
_TRAILING = (
    re.compile(
        r",\s+(?:making|which|enabling|allowing|so that|so you|helping|giving|including|providing|"
        r"ensuring|eliminating|reducing|improving|extending|adding|removing|simplifying|empowering|"
        r"delivering|designed|while|where|such as|and (?:helps?|makes?|enables?|allows?|gives?))\b"
    ),
    re.compile(r"\s+(?:without (?:having|needing|requiring)|so that|so you can|because|while)\b"),
    re.compile(
        r"\s+(?:that (?:helps?|enables?|allows?|lets?)|to (?:help|enable|improve|simplify))\b"
    ),
)
_NITRO = re.compile(r",? (?:powered by|built on) the AWS Nitro System(?=[,. ])")
# What a shortened sentence may never lose, wherever it stood.
_VITAL = re.compile(
    r"\bgeneral(?:ly)? availab|\bpreview\b|\bGA\b|\bRegions?\b|[$€¥]\s?\d|"
    r"\bper (?:hour|GB|month)\b|\bend of (?:support|life|sale)|\bno longer\b|\bdeprecat|\bnot?\b|"
    r"一般提供|一般公開|プレビュー|リージョン|サポート終了|提供終了|廃止|[0-9０-９]+ ?(?:円|ドル)",
    re.I,
)
_JA_OPENINGS = re.compile(
    r"^(?:(?:本日|今日|この度|このたび|今回)(?:より|から|は)?[、,]\s*)+"
    r"|^(?:アマゾン ウェブ サービス|Amazon Web Services \(AWS\)|AWS) は[、,]?\s*(?=.{12,}を発表)"
)
_JA_TAILS = (
    (re.compile(r"(?:する)?ことを(?:ここに)?(?:お知らせ|発表)(?:いた)?し(?:ます|ました)。$"), "。"),
    (re.compile(r"を(?:お知らせ|ご紹介)(?:いた)?します。$"), "。"),
)
_JA_ASIDE = re.compile(r"\s*[（(](?![^（）()]*(?:プレビュー|GA|リージョン))[^（）()]{2,}[)）]")


def compress(sentence: str, longest: int) -> str:
    """The sentence with frames and asides removed, clauses only while it is over `longest`
    characters; it may stay longer where everything left is news."""
    if is_japanese(sentence):
        return _compress_ja(sentence, longest)
    found = _OPENINGS.sub("", sentence.strip())
    found = _FRAME.sub("", found)
    found = _AVAILABILITY.sub("", found)
    found = _NITRO.sub("", shorten_names(found))
    for clause in _TRAILING:
        if len(found) <= longest:
            break
        found = _cut_from(found, clause)
    if len(found) > longest:
        found = _drop_where_dull(found, _ASIDE)
    return _finish(found)


def _compress_ja(sentence: str, longest: int) -> str:
    found = _JA_OPENINGS.sub("", sentence.strip())
    for tail, instead in _JA_TAILS:
        found = tail.sub(instead, found)
    if len(found) > longest:
        found = _drop_where_dull(found, _JA_ASIDE)
    return found


def _cut_from(sentence: str, clause: re.Pattern[str]) -> str:
    """Without the first such clause and what follows, unless something vital stands there."""
    for match in clause.finditer(sentence):
        if match.start() >= 50 and not loses_news(sentence[match.start() :]):
            return sentence[: match.start()].rstrip(" ,") + "."
    return sentence


def _drop_where_dull(sentence: str, aside: re.Pattern[str]) -> str:
    return aside.sub(lambda m: m[0] if loses_news(m[0]) else "", sentence)


def loses_news(words: str) -> bool:
    """True when removing these words would lose a stage, region, price or negation."""
    return bool(_VITAL.search(words))


def _finish(sentence: str) -> str:
    found = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s{2,}", " ", sentence)).strip(" ,")
    return found[:1].upper() + found[1:]


def shorten_names(text: str) -> str:
    """`Amazon Elastic Compute Cloud (Amazon EC2)` → `Amazon EC2`, by the initials themselves."""
    start = 0
    while match := _PAREN.search(text, start):
        before = _without_spelled_out(text[: match.start()], match[1].split()[-1])
        if before is None:
            start = match.end()
        else:
            text = before + match[1].split()[-1] + text[match.end() :]
            start = len(before)
    return text


def _without_spelled_out(before: str, short: str) -> str | None:
    """The text before the words whose initials spell `short`, or None when none do, or when
    no brand stands there: only services are known by their short names."""
    letters = re.sub(r"([A-Z])(\d)", lambda m: m[1] * int(m[2]), short).upper()
    words = list(re.finditer(r"[A-Za-z0-9][A-Za-z0-9’'-]*", before))
    spelled = ""
    for place in range(len(words) - 1, -1, -1):
        word = words[place][0]
        if word in ("and", "of", "for", "the"):
            continue
        spelled = (word if word.isupper() else word[0]).upper() + spelled
        if spelled == letters:
            brand = before[: words[place].start()]
            return brand if re.search(r"\b(?:Amazon|AWS)\s(?:[A-Z]+\s)?$", brand) else None
        if not letters.endswith(spelled):
            return None
    return None


_NOTE_ENDINGS = tuple(
    (re.compile(pattern + r"。?$"), instead)
    for pattern, instead in (
        (r"(?:できる|行える|使える)よう(?:に)?なりま(?:す|した)", "可能に"),
        (r"をサポート(?:する|できる)ようになりま(?:す|した)", "をサポート"),
        (r"するようになりま(?:す|した)", ""),
        (r"(?:れる|れた)ようになりま(?:す|した)", "れるように"),
        (r"ようになりま(?:す|した)", "ように"),
        (r"(?:を|が)?(?:ご)?利用(?:いただけ|でき)(?:る)?(?:ようになり)?ま(?:す|した)", "利用可能"),
        (
            r"(開始|提供|発表|追加|拡張|統合|導入|強化|対応|サポート|公開|更新|改善|実現|簡素化|提供開始)"
            r"(?:を)?(?:いた)?しま(?:す|した)",
            r"\1",
        ),
        (
            r"(開始|提供|発表|追加|拡張|統合|導入|強化|公開|更新|改善|実現|簡素化)され(?:てい)?ま(?:す|した)",
            r"\1",
        ),
        (r"が可能(?:に|と)なりま(?:す|した)", "が可能に"),
        (r"可能(?:です|になります|になりました)", "可能"),
        (r"できま(?:す|した)", "可能"),
        (r"となりま(?:す|した)", "に"),
        (r"(?:です|でした)", ""),
    )
)


def to_note(line: str) -> str:
    """A Japanese sentence clipped in the manner of a memo (体言止め) where a rule fits."""
    for pattern, instead in _NOTE_ENDINGS:
        found, hits = pattern.subn(instead, line)
        if hits:
            return _mend_note(found)
    return line.removesuffix("。")


def _mend_note(line: str) -> str:
    """`管理可能` reads well, `管理する可能` does not: the verb's ending goes."""
    line = re.sub(r"する(?:こと(?:が|も))?可能に?$", "可能", line)
    return re.sub(r"こと(?:が|も)可能(に?)$", r"ことが可能\1", line)
