"""One to three lines on an entry, taken from its own text and made shorter.

English: the lead sentence, compressed. Japanese: the first two sentences, in the style of
a study memo (`note`, 体言止め) or as a polite sentence. Nothing is invented: every number,
service and region of a line also stands in the source (`index.grounding`). Measured beside
other methods by `bench/summaries.py`; graph methods lose everywhere.
"""

import re

from index.compression import compress
from index.memo import compress_ja, to_note
from index.prose import Block, blocks, is_japanese, sentences

STYLES = ("note", "polite")
MOST_LINES = 3
LONGEST = {"ja": 120, "en": 160}
"""Characters of a line at the 95th percentile; a line that is all news may be longer."""
_AIM = {"ja": 120, "en": 150}
_READ = 20_000
_SENTENCE = 1_000
"""What is looked at of a text, and of what claims to be one sentence: news is told early."""
_BOILERPLATE = re.compile(
    r"^(?:(?:To|For) (?:learn|get started|start using|find out|read|see|know|begin|try|view|more|"
    r"additional|a (?:full|complete|list)|information|details|further|pricing)\b"
    r"|(?:Learn more|Get started|Visit|See|Refer to|Read|Check out|Click|Sign up|Watch|Try it|"
    r"Please (?:see|visit|refer)|You can (?:learn|read) more|More information|Posted [Oo]n)\b)"
    r"|^(?:詳細(?:は|について|に|を)|開始するには|(?:使用|利用)を開始するには|はじめに$)"
    r"|(?:ドキュメント|ページ|ブログ|記事|ガイド|リファレンス|ウェブサイト|FAQ).{0,20}"
    r"(?:をご覧|を参照|をご参照|を確認|をご確認|にアクセス)(?:して)?(?:ください|いただ)"
)
_AVAILABLE = re.compile(
    r"^(?:This|The|These) (?:new )?(?:feature|capability|update|launch|instances?|enhancements?)?"
    r"\s*(?:is|are) (?:now |also )?available|^(?:この|本)機能は.{0,60}リージョン"
)


def summarize(text: str, lang: str, style: str = "note", excerpt: str = "") -> tuple[str, ...]:
    """One to three lines in the language of `text` (Markdown), or () when it says nothing.

    `excerpt` is the source's own summary, used where the text is empty. `style` is note or
    polite and concerns Japanese only.
    """
    for source in (text[:_READ], excerpt[:_READ]):
        found = blocks(source)
        if found:
            japanese = lang == "ja" or is_japanese(source)
            lines = _japanese(found, style) if japanese else _english(found)
            if lines:
                return lines
    return ()


def lead_sentences(found: tuple[Block, ...], count: int) -> tuple[str, ...]:
    """The first sentences that say something: headings, greetings and "learn more" left out.

    A sentence that ends in a colon takes the items of its list along.
    """
    picked: list[str] = []
    for place, block in enumerate(found):
        if block.kind == "heading":
            continue
        parts = sentences(block.text) if block.kind == "text" else (block.text,)
        for sentence in (part[:_SENTENCE] for part in parts):
            if _BOILERPLATE.search(sentence) or (picked and _AVAILABLE.search(sentence)):
                continue
            if sentence.endswith((":", "：")):
                sentence = _with_list(sentence, found[place + 1 :])
            picked.append(sentence)
            if len(picked) == count:
                return tuple(picked)
    return tuple(picked)


def _with_list(sentence: str, after: tuple[Block, ...]) -> str:
    """`It adds:` + items → `It adds: one; two; three`; at most five items."""
    items: list[str] = []
    for block in after:
        if block.kind != "item" or len(items) == 5:
            break
        items.append(sentences(block.text)[0].rstrip(" .。;,、"))
    mark = "、" if is_japanese(sentence) else "; "
    stop = "。" if is_japanese(sentence) else "."
    gap = "" if is_japanese(sentence) else " "
    return f"{sentence}{gap}{mark.join(items)}{stop}" if items else sentence


def _english(found: tuple[Block, ...]) -> tuple[str, ...]:
    lead = lead_sentences(found, 1)
    return tuple(compress(s, _AIM["en"]) for s in lead)


def _japanese(found: tuple[Block, ...], style: str) -> tuple[str, ...]:
    lines: list[str] = []
    lead = lead_sentences(found, 3)
    # A note's sentences are short: three of them are still brief.
    count = 3 if sum(map(len, lead)) <= LONGEST["ja"] else 2
    for sentence in lead[:count]:
        lines += compress_ja(sentence, _AIM["ja"], MOST_LINES - len(lines) - (not lines))
    return tuple(to_note(line) if style == "note" else line for line in lines)
