"""What search says of a query, in Japanese too."""

from index.search.notices import Notice

JAPANESE = {
    "healed": "検索索引が壊れていたため、作り直しました（{error}）",
    "renewed": "検索索引が別の版のものだったため、作り直しました",
    "corrected": "「{asked}」では見つからなかったため、「{better}」の結果です",
    "relaxed": "すべての語を含むものはなく、一部の語を含むものです",
    "formerly": "{service}（旧称 {former}）: すべての名前で検索しています",
    "unknown": "{field} に '{value}' はありません",
    "unknown-near": "{field} に '{value}' はありません。'{near}' のことでしょうか",
    "unknown-words": "{field} に '{value}' はないため、言葉として検索しました",
    "unknown-words-near": "{field} に '{value}' はないため（{near} のことでしょうか）、"
    "言葉として検索しました",
    "no-date": "{field}: は日付として読めないため、言葉として検索しました（{error}）",
    "no-order": "'{value}' という並べ方はありません（newest、oldest、relevance）",
    "no-word": "検索できる言葉がありません",
    "too-long": "検索文は先頭の {most} 文字だけを読みました",
    "too-many": "検索文は先頭の {most} 個の部分だけを読みました",
    "too-deep": "{most} 段より深い括弧は無視しました",
    "lonely-or": "両側に言葉のない OR は無視しました",
    "open-quote": "引用符が閉じていないため、その後の言葉を句として検索しました",
}


def notice_in(lang: str, notice: Notice) -> str:
    """The notice in Japanese ("ja") or English."""
    return JAPANESE[notice.name].format(**notice.values) if lang == "ja" else str(notice)
