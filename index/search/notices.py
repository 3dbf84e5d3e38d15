"""What was done to a query or to the index, said in English and, where asked, in Japanese."""

NOTICES = {
    "healed": (
        "the search index was damaged and has been rebuilt ({error})",
        "検索索引が壊れていたため、作り直しました（{error}）",
    ),
    "renewed": (
        "the search index was of another version and has been rebuilt",
        "検索索引が別の版のものだったため、作り直しました",
    ),
    "corrected": (
        "nothing was found for “{asked}”; this is “{better}”",
        "「{asked}」では見つからなかったため、「{better}」の結果です",
    ),
    "relaxed": (
        "no entry has all of these words; these have some of them",
        "すべての語を含むものはなく、一部の語を含むものです",
    ),
    "formerly": (
        "{service}, formerly {former}: every name is searched",
        "{service}（旧称 {former}）: すべての名前で検索しています",
    ),
    "unknown": ("no {field} is named '{value}'", "{field} に '{value}' はありません"),
    "unknown-near": (
        "no {field} is named '{value}'; did you mean '{near}'?",
        "{field} に '{value}' はありません。'{near}' のことでしょうか",
    ),
    "unknown-words": (
        "no {field} is named '{value}'; it was searched as words",
        "{field} に '{value}' はないため、言葉として検索しました",
    ),
    "unknown-words-near": (
        "no {field} is named '{value}' (did you mean {near}?); it was searched as words",
        "{field} に '{value}' はないため（{near} のことでしょうか）、言葉として検索しました",
    ),
    "no-date": (
        "{field}: was not understood ({error}); it was searched as words",
        "{field}: は日付として読めないため、言葉として検索しました（{error}）",
    ),
    "no-order": (
        "there is no order '{value}': newest, oldest or relevance",
        "'{value}' という並べ方はありません（newest、oldest、relevance）",
    ),
    "no-word": (
        "the query holds no word that can be searched",
        "検索できる言葉がありません",
    ),
    "too-long": (
        "only the first {most} characters of the query were read",
        "検索文は先頭の {most} 文字だけを読みました",
    ),
    "too-many": (
        "only the first {most} parts of the query were read",
        "検索文は先頭の {most} 個の部分だけを読みました",
    ),
    "too-deep": (
        "brackets deeper than {most} were ignored",
        "{most} 段より深い括弧は無視しました",
    ),
    "lonely-or": (
        "an OR without a word on each side was ignored",
        "両側に言葉のない OR は無視しました",
    ),
    "open-quote": (
        "a quotation mark is not closed; the words after it are the phrase",
        "引用符が閉じていないため、その後の言葉を句として検索しました",
    ),
}
"""By name: (English, Japanese)."""


class Notice(str):
    """A notice in English, as a text; `say` gives it in another language."""

    __slots__ = ("name", "values")
    name: str
    values: dict[str, object]

    def __new__(cls, name: str, **values: object) -> "Notice":
        notice = super().__new__(cls, NOTICES[name][0].format(**values))
        notice.name, notice.values = name, values
        return notice

    def say(self, lang: str) -> str:
        """The notice in Japanese ("ja") or English."""
        english, japanese = NOTICES[self.name]
        return (japanese if lang == "ja" else english).format(**self.values)
