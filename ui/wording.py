"""What screens say around a digest, in Japanese and English."""

from collections.abc import Mapping
from datetime import date

_JA: Mapping[str, str] = {
    "title": "AWS アップデート {label}",
    "span": "{start} 〜 {end} (UTC)・{total} 件",
    "lines": "この期間を5行で",
    "top": "注目の {count} 件",
    "area": "{area} ({count})",
    "regions": "リージョン拡大",
    "all_regions": "すべてのリージョン",
    "apart": "ブログ・セッション・ノート",
    "deadlines": "これからの期限",
    "counts": "件数",
    "former": "これまでの平均",
    "count": "件数",
    "name": "分野",
    "label": "著者の分類: {label}",
    "reason": "理由: {reasons}",
    "price": "料金: {price}",
    "tokyo_yes": "東京: 利用可",
    "tokyo_no": "東京: 未対応",
    "osaka_yes": "大阪: 利用可",
    "osaka_no": "大阪: 未対応",
    "foreign": "[{lang}]",
    "copies": "ほかの版",
    "companions": "関連",
    "source": "出典",
    "preview": "プレビュー",
    "ga": "GA",
    "region": "リージョン",
    "end": "終了",
    "end-of-support": "サポート終了",
    "closed-to-new": "新規受付終了",
    "empty": "{label} ({start} 〜 {end}) の情報はありません。",
    "empty_newest": "最新は {newest} です。",
    "empty_all": "まだ何も入っていません。`import` か `fetch` で集めてください。",
    "footer": "出典は各項目のリンク先です。要約は原文から機械的に抜き出しました。",
    "mail_short": "長いメールは途中で切られることがあるため、"
    "要約・関連リンク・項目の一部を省きました。全文はこのメールのテキスト版にあります。",
    "left": "ほか {count} 件",
    "feed": "AWS アップデートの週報",
}
_EN: Mapping[str, str] = {
    "title": "AWS updates {label}",
    "span": "{start} to {end} (UTC), {total} updates",
    "lines": "The period in five lines",
    "top": "The {count} that matter most",
    "area": "{area} ({count})",
    "regions": "New Regions",
    "all_regions": "all Regions",
    "apart": "Posts, sessions and notes",
    "deadlines": "Deadlines ahead",
    "counts": "Counts",
    "former": "mean so far",
    "count": "count",
    "name": "area",
    "label": "author's area: {label}",
    "reason": "why: {reasons}",
    "price": "price: {price}",
    "tokyo_yes": "Tokyo: yes",
    "tokyo_no": "Tokyo: not yet",
    "osaka_yes": "Osaka: yes",
    "osaka_no": "Osaka: not yet",
    "foreign": "[{lang}]",
    "copies": "other versions",
    "companions": "see also",
    "source": "source",
    "preview": "Preview",
    "ga": "GA",
    "region": "Regions",
    "end": "End",
    "end-of-support": "end of support",
    "closed-to-new": "closed to new customers",
    "empty": "Nothing is known of {label} ({start} to {end}).",
    "empty_newest": "The newest news is of {newest}.",
    "empty_all": "The knowledge base is empty; collect with `import` or `fetch`.",
    "footer": "Each item links to its source; summaries are taken from the sources' own words.",
    "mail_short": "Mail programs cut long messages: some summaries, links and items are left out "
    "here. The plain-text part of this mail has all of it.",
    "left": "and {count} more",
    "feed": "Weekly digests of AWS updates",
}


def say(lang: str, phrase: str, **values: object) -> str:
    """The phrase in the language; English for languages that have none of their own."""
    return (_JA if lang == "ja" else _EN)[phrase].format(**values)


def badge(lang: str, stage: str) -> str:
    """A stage as a short badge; "" for none."""
    return say(lang, stage) if stage in ("preview", "ga", "region", "end") else ""


def day(when: date) -> str:
    """The date as ISO 8601."""
    return f"{when:%Y-%m-%d}"
