"""The words that a deck itself says, in Japanese and English."""

from dataclasses import dataclass

from index.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words; `{…}` is filled by the caller."""

    lang: str
    deck_title: str
    meeting_title: str
    counted: str
    in_areas: str
    reading: str
    five_lines: str
    highlights: str
    empty_meeting: str
    empty_meeting_text: str
    nothing: str
    nothing_text: str
    share: str
    share_one: str
    spread: str
    spread_even: str
    others: str
    unit: str
    chart_alt: str
    agenda: str
    more: str
    briefs: str
    regions_news: str
    stage: str
    date: str
    services: str
    regions: str
    price: str
    tokyo: str
    osaka: str
    source: str
    related: str
    comments: str
    comment: str
    carried: str
    changed: str
    timeline: str
    apart: str
    table: str
    table_head: tuple[str, str, str, str]
    table_alt: str
    deadlines: str
    deadline_kinds: dict[str, str]
    sources: str
    licences: str
    licence_lines: tuple[str, ...]
    footer: str
    foreign: str
    stages: dict[str, str]
    list_mark: str


JA = Words(
    lang="ja",
    deck_title="AWS アップデート {period}",
    meeting_title="勉強会 {day}",
    counted="{count} 件",
    in_areas="{count} 件 ・ {areas} 領域",
    reading="{start} 〜 {end}",
    five_lines="今週を {count} 行で",
    highlights="今日の見どころ",
    empty_meeting="まだ何も選ばれていません",
    empty_meeting_text="`study add` で紹介するアップデートを選びます。",
    nothing="この期間のアップデートはありません",
    nothing_text="{start} 〜 {end} に発表されたものは、ナレッジベースにありません。",
    share="{first} と {second} で {share} %",
    share_one="{first} が {share} %",
    spread="{areas} 領域に広がり、最多は {first} の {count} 件",
    spread_even="{areas} 領域にひろく {total} 件",
    others="ほか {count} 領域",
    unit="件",
    chart_alt="領域別の件数の棒グラフ: {bars}",
    agenda="アジェンダ",
    more="(続き)",
    briefs="{area}: 短いアップデート",
    regions_news="リージョン拡大: {regions}",
    stage="段階",
    date="発表日",
    services="サービス",
    regions="リージョン",
    price="料金",
    tokyo="東京",
    osaka="大阪",
    source="原文",
    related="関連",
    comments="感想: {title}",
    comment="感想",
    carried="前回からの持ち越し",
    changed="前回の紹介後に更新",
    timeline="これまでの流れ: {title}",
    apart="ブログ・セッション・ノート",
    table="全アップデート一覧",
    table_head=("領域", "アップデート", "段階", "発表日"),
    table_alt="全 {count} 件の領域、題名、段階、発表日の表",
    deadlines="期限があるもの",
    deadline_kinds={
        "end-of-support": "サポート終了",
        "end-of-life": "提供終了",
        "closed-to-new": "新規受付終了",
    },
    sources="出典",
    licences="ライセンスと作り方",
    licence_lines=(
        "各スライドの要点は原文からの抜き書き・要約です。正確な内容は原文を確認してください",
        "AWS の発表・ブログ: © Amazon Web Services, Inc. または各著者",
        "AWS のロゴ・アイコンは使っていません。図表は編集できます",
        "数字・リージョン・料金・段階は、原文にあるものだけを載せています",
    ),
    footer="出典: {sources}",
    foreign="原文は別の言語",
    stages={"preview": "プレビュー", "ga": "一般提供", "region": "リージョン拡大", "end": "終了"},
    list_mark="、",
)

EN = Words(
    lang="en",
    deck_title="AWS updates {period}",
    meeting_title="Study session {day}",
    counted="{count} updates",
    in_areas="{count} updates in {areas} areas",
    reading="{start} to {end}",
    five_lines="The week in {count} lines",
    highlights="Today's highlights",
    empty_meeting="Nothing is chosen yet",
    empty_meeting_text="`study add` chooses the updates to present.",
    nothing="No updates in this period",
    nothing_text="The knowledge base holds nothing published from {start} to {end}.",
    share="{first} and {second}: {share} % of all updates",
    share_one="{first}: {share} % of all updates",
    spread="Spread over {areas} areas, most of all {first} ({count})",
    spread_even="{total} updates spread over {areas} areas",
    others="{count} other areas",
    unit="",
    chart_alt="Bar chart of updates by area: {bars}",
    agenda="Agenda",
    more="(cont.)",
    briefs="{area}: in short",
    regions_news="New Regions: {regions}",
    stage="Stage",
    date="Published",
    services="Services",
    regions="Regions",
    price="Price",
    tokyo="Tokyo",
    osaka="Osaka",
    source="Source",
    related="Related",
    comments="Comments: {title}",
    comment="Comments",
    carried="Carried over",
    changed="Changed since presented",
    timeline="How it came to be: {title}",
    apart="Blog posts, sessions and notes",
    table="All updates",
    table_head=("Area", "Update", "Stage", "Published"),
    table_alt="Table of all {count} updates: area, title, stage and date",
    deadlines="Deadlines",
    deadline_kinds={
        "end-of-support": "End of support",
        "end-of-life": "End of life",
        "closed-to-new": "Closed to new customers",
    },
    sources="Sources",
    licences="Licences and making",
    licence_lines=(
        "The points are extracts and summaries of the sources; check the source for detail",
        "AWS announcements and posts: © Amazon Web Services, Inc. or their authors",
        "No AWS logos or icons are used; charts and tables can be edited",
        "Numbers, Regions, prices and stages are shown only where the source says so",
    ),
    footer="Source: {sources}",
    foreign="source in another language",
    stages={"preview": "Preview", "ga": "GA", "region": "New Region", "end": "End"},
    list_mark=", ",
)


def words_for(lang: str) -> Words:
    """The words of "ja" or "en"; raises ConfigError for another language."""
    if lang not in ("ja", "en"):
        raise ConfigError(f"decks speak ja or en, not {lang!r}", key="--lang")
    return JA if lang == "ja" else EN
