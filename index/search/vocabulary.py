"""The values that a filter may take, however a person writes them: 'security', 'ECR', '東京'."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from index.entry import KINDS
from index.fact import STAGES
from index.folding import fold
from index.taxonomy import Taxonomy

_OTHER_NAMES = {
    "kind": {
        "announcement": "announcements news launch update whats-new what's-new "
        "お知らせ 発表 アナウンス アップデート 新着",
        "blog": "blogs post posts ブログ ブログ記事",
        "session": "sessions talk talks セッション 講演",
        "note": "notes memo メモ ノート セッションメモ 参加メモ",
        "digest": "digests weekly roundup まとめ 週次 ダイジェスト 週刊",
        "article": "articles 記事 連載",
    },
    "lang": {
        "en": "english eng us 英語 英",
        "ja": "japanese jp jpn 日本語 日 和文",
        "ko": "korean kr 韓国語",
        "zh": "chinese cn 中国語",
        "zh-tw": "tw taiwanese 繁体字",
        "de": "german ドイツ語",
        "fr": "french フランス語",
        "es": "spanish スペイン語",
        "pt": "portuguese ポルトガル語",
    },
    "stage": {
        "preview": "previews beta previewed プレビュー ベータ",
        "ga": "general-availability generally-available general generally available launched "
        "launch 一般提供 一般提供開始 一般公開",
        "region": "regions region-expansion expansion リージョン リージョン拡大",
        "end": "eol end-of-support end-of-life deprecated deprecation retired "
        "終了 廃止 提供終了 サポート終了",
    },
}
_LANG = re.compile(r"^[a-z]{2}(-[a-z]{2,4})?$")
_REGION = re.compile(r"^[a-z]{2}(-[a-z]+)+-\d$")
_CODE = re.compile(r"^([A-Z]{2,4}\d{2,4})(?:-[A-Z0-9]+)?$")
_YEARS = re.compile(r"^(\d{4})(?:\.\.+|-)(\d{4})$")


class Vocabulary:
    """Resolves what people write to the values of the index. Does not change once made.

    `sources` gives the names of the sources that the knowledge base holds.
    """

    def __init__(self, taxonomy: Taxonomy, sources: Callable[[], Iterable[str]]) -> None:
        self._taxonomy = taxonomy
        self._sources = sources
        self._plain = {name: _plain_names(others) for name, others in _OTHER_NAMES.items()}
        self._areas: dict[str, str] = {}
        for area in taxonomy.areas:
            for name in (area.name, area.japanese, *area.names, *area.tags):
                self._areas.setdefault(_key(name), area.name)

    def values(self, field: str, text: str) -> tuple[str, ...]:
        """The values of the index that `text` means in this field; () where it means none."""
        text = " ".join(text.split())
        if field == "area":
            return self._area(text)
        if field in self._plain:
            known = self._plain[field].get(_key(text))
            if known is None and field == "lang" and _LANG.match(text.lower()):
                known = text.lower()
            return (known,) if known else ()
        if field == "service":
            service = self._taxonomy.service(text)
            return (service.name,) if service else ()
        if field == "region":
            return self._region(text)
        if field == "source":
            return self._source(text)
        if field == "year":
            return _years(text)
        match = _CODE.match(text.upper())
        return (match[1],) if match else ()

    def choices(self, field: str) -> tuple[str, ...]:
        """The values that a closed field may take; () for an open one."""
        if field == "area":
            return tuple(area.name for area in self._taxonomy.areas)
        return {"kind": KINDS, "stage": STAGES}.get(field, ())

    def nearest(self, field: str, text: str) -> str:
        """The name most like `text` among those of the field, or ""."""
        if field == "service":
            names = {_key(a): s.name for s in self._taxonomy.services for a in s.aliases}
        elif field == "area":
            names = self._areas
        elif field == "source":
            names = {_key(source): source for source in self._sources()}
        else:
            names = self._plain.get(field, {})
        near = get_close_matches(_key(text), names, n=1, cutoff=0.6)
        return names[near[0]] if near else ""

    def _area(self, text: str) -> tuple[str, ...]:
        """By any name, else by the beginning that one area's names alone have ("Sec")."""
        key = _key(text)
        if key in self._areas:
            return (self._areas[key],)
        begun = {
            area for name, area in self._areas.items() if len(key) > 2 and name.startswith(key)
        }
        return tuple(begun) if len(begun) == 1 else ()

    def _region(self, text: str) -> tuple[str, ...]:
        region = self._taxonomy.region(text) or self._taxonomy.region(text.title())
        if region:
            return (region.code,)
        return (text.lower(),) if _REGION.match(text.lower()) else ()

    def _source(self, text: str) -> tuple[str, ...]:
        """The source of this name, else every source whose name holds the text."""
        known = {_key(source): source for source in self._sources()}
        key = _key(text)
        if key in known:
            return (known[key],)
        return tuple(source for name, source in sorted(known.items()) if key and key in name)


def _plain_names(others: dict[str, str]) -> dict[str, str]:
    found = {_key(value): value for value in others}
    for value, names in others.items():
        found |= {_key(name): value for name in names.split()}
    return found


def _key(text: str) -> str:
    return re.sub(r"[\s_\-]+", " ", fold(text)).strip()


def _years(text: str) -> tuple[str, ...]:
    if match := _YEARS.match(text):
        first, last = int(match[1]), int(match[2])
        return tuple(str(year) for year in range(first, min(last, first + 100) + 1))
    text = text.removesuffix("年")
    return (text,) if re.fullmatch(r"[12]\d{3}", text) else ()
