"""Digests: which story stands where, told in whose words."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from index.digest import Digest
from index.edition import Material, build_digest
from index.fact import Evidence, Fact, FactKind, Facts
from index.period import parse_period
from index.stored import Stored
from index.telling import Taste
from tests.making import facts, stored

WEEK = parse_period("2020-W50", datetime(2021, 1, 1, tzinfo=UTC))
LAUNCH = "https://aws.amazon.com/about-aws/whats-new/2020/12/redshift-ml/"


def digest_of(*entries: Stored, **taste: object) -> Digest:
    return build_digest(Material(published=entries), WEEK, Taste(**taste))  # type: ignore[arg-type]


def test_nothing_published_is_an_empty_digest_without_lines() -> None:
    digest = digest_of()
    assert digest.empty and digest.total == 0 and digest.lines == ()


def test_copies_in_two_languages_are_one_item_in_the_language_asked_for() -> None:
    en = stored("Redshift ML", n=1, story="s", url=LAUNCH, text="It learns.")
    ja = stored(
        "Redshift ML を発表",
        n=2,
        story="s",
        lang="ja",
        source="whats-new-ja",
        text="学習できます。",
    )
    for lang, title in (("ja", "Redshift ML を発表"), ("en", "Redshift ML")):
        digest = digest_of(en, ja, lang=lang)
        assert [i.title for i in digest.items] == [title]
        assert not digest.items[0].foreign
        assert len(digest.items[0].copies) == 1
        assert digest.items[0].url == LAUNCH


def test_the_only_language_there_is_is_shown_and_marked() -> None:
    (item,) = digest_of(stored("Redshift ML", text="It learns."), lang="ja").items
    assert (item.foreign, item.lang, item.summary) == (True, "en", ("It learns.",))


def test_items_of_a_digest_count_each_with_the_authors_area_beside_ours() -> None:
    note = stored("まとめ", kind="digest", day="2020-12-15", source="blog", lang="ja")
    parts = [
        stored(
            f"Item {i}",
            n=i,
            source="blog",
            lang="ja",
            part_of=note.id,
            label="Analytics",
            known=facts(area="Database"),
        )
        for i in range(27)
    ]
    digest = digest_of(*parts, note)
    assert digest.total == 27
    assert [g.area for g in digest.areas] == ["Database"]
    assert {i.label for i in digest.items} == {"Analytics"}


def test_an_item_without_an_address_leads_to_the_digest_that_it_stands_in() -> None:
    whole = stored("まとめ", kind="digest", source="blog", url="https://blog.example/week")
    part = stored("Item", source="blog", part_of=whole.id)
    own = stored("Other", source="blog", part_of=whole.id, url=LAUNCH)
    digest = build_digest(Material(published=(part, own), wholes=(whole,)), WEEK)
    assert {i.title: i.url for i in digest.items} == {
        "Item": "https://blog.example/week",
        "Other": LAUNCH,
    }


def test_the_launchs_own_words_decide_its_area_before_an_authors_label() -> None:
    label = Facts((Fact(FactKind.AREA, "Analytics", Evidence.LABEL),))
    part = stored("Neptune", story="s", source="blog", part_of="d", known=label)
    launch = stored("Amazon Neptune ML", story="s", known=facts(area="Database"))
    (item,) = digest_of(part, launch).items
    assert item.area == "Database"
    assert digest_of(part).items[0].area == "Analytics"


def test_a_story_stands_in_the_week_of_its_first_announcement_only() -> None:
    en = stored("Redshift ML", day="2020-12-01", story="s")
    ja = stored("Redshift ML 発表", day="2020-12-08", story="s", lang="ja", source="whats-new-ja")
    assert digest_of(en, ja).total == 0


def test_a_digests_item_does_not_move_the_launch_that_a_source_dates() -> None:
    part = stored("Redshift ML", day="2020-12-08", story="s", part_of="d", source="blog")
    launch = stored("Redshift ML launched", day="2020-12-01", story="s")
    assert digest_of(part, launch).total == 0
    assert digest_of(part).total == 1


def test_posts_and_notes_are_no_launches() -> None:
    launch = stored("Redshift ML", url=LAUNCH)
    about = stored("How we did it", kind="blog", source="aws-blog-aws", text=f"See [it]({LAUNCH}).")
    other = stored("A talk", kind="note", source="blog")
    digest = digest_of(launch, about, other)
    assert digest.total == 1
    assert [c.title for c in digest.items[0].companions] == ["How we did it"]
    assert [i.title for i in digest.apart] == ["A talk"]


def test_a_session_that_holds_the_launchs_whole_name_stands_beside_it() -> None:
    launch = stored("Amazon Aurora Serverless v2 in preview", day="2020-12-08")
    talk = stored(
        "EMB023: Amazon Aurora Serverless v2: Instant scaling", kind="session", day="2020-12-20"
    )
    late = stored("Aurora Serverless v2 a year on", kind="note", day="2021-12-01")
    other = stored("Amazon Aurora storage demystified", kind="session", day="2020-12-20")
    material = Material(published=(launch,), near=(talk, late, other))
    (item,) = build_digest(material, WEEK).items
    assert [c.title for c in item.companions] == [talk.entry.title]


def test_a_round_up_that_links_to_many_launches_belongs_to_none() -> None:
    urls = [f"https://aws.amazon.com/about-aws/whats-new/2020/12/thing-{i}/" for i in range(3)]
    launches = [stored(f"Thing {i}", n=i, url=url) for i, url in enumerate(urls)]
    digest = digest_of(*launches, stored("All", kind="blog", source="b", text=" ".join(urls)))
    assert [i.title for i in digest.apart] == ["All"]
    assert not any(i.companions for i in digest.items)


def test_where_there_are_only_posts_they_are_the_digest() -> None:
    talk = stored("A talk", kind="note", source="blog")
    digest = build_digest(Material(published=(talk,), former=({"Compute": 9},)), WEEK)
    assert (digest.total, digest.apart, digest.launches) == (1, (), 0)
    assert digest.overall.former is None and "発表はなく" in digest.lines[0]


def test_region_only_news_is_a_line_a_service_and_still_counted() -> None:
    where = {"a": "ap-northeast-1", "b": "eu-west-1"}
    news = [
        stored(
            f"RDS in {place}",
            n=n,
            known=facts(area="Database", service="Amazon RDS", stage="region", region=code),
        )
        for n, (place, code) in enumerate(where.items())
    ]
    digest = digest_of(*news, top=0)
    (group,) = digest.areas
    assert group.told == () and len(group.items) == digest.total == 2
    assert [(f.service, f.regions) for f in group.folded] == [
        ("Amazon RDS", ("ap-northeast-1", "eu-west-1"))
    ]
    assert digest.items[0].tokyo == "yes" or digest.items[1].tokyo == "yes"


def test_watched_services_come_first_and_the_reason_is_said() -> None:
    dull = stored("Lambda version", known=facts(service="AWS Lambda", change="version"))
    great = stored("Great GA", known=facts(service="Amazon EC2", stage="ga"))
    digest = digest_of(dull, great, watch=("lambda",), lang="en")
    assert digest.top[0].title == "Lambda version"
    assert digest.top[0].reasons[0] == "watched service: AWS Lambda"
    assert all(item.reasons for item in digest.top)


def test_what_is_hidden_is_gone_and_what_is_pinned_leads() -> None:
    game = stored("Game", known=facts(area="Games", stage="ga"))
    dull = stored("Dull", known=facts(area="Compute", change="version"))
    digest = digest_of(game, dull, hide=("games",), pin=(dull.id,))
    assert [i.title for i in digest.items] == ["Dull"] and digest.items[0].pinned


def test_deadlines_ahead_are_listed_with_the_nearest_first() -> None:
    later = stored("B ends", known=facts(deadline="2021-03-01:end-of-support"))
    sooner = stored("A ends", known=facts(deadline="2020-12-31:closed-to-new"))
    gone = stored("C ended", known=facts(deadline="2020-11-01"))
    material = Material(published=(), dated=(later, sooner, gone))
    found = build_digest(material, WEEK).deadlines
    assert [(d.title, d.what) for d in found] == [
        ("A ends", "closed-to-new"),
        ("B ends", "end-of-support"),
    ]


def test_counts_are_compared_with_the_weeks_of_which_something_is_known() -> None:
    entry = stored("X", known=facts(area="Compute"))
    former = ({"Compute": 3, "IoT": 1}, {}, {"Compute": 1})
    digest = build_digest(Material(published=(entry,), former=former), WEEK)
    assert digest.counts[0].former == 2.0 and digest.overall.former == 2.5
    assert "1.5" in digest.lines[0]


def test_a_digest_does_not_depend_on_the_order_of_its_entries() -> None:
    entries = [stored(f"T{i}", n=i, known=facts(area="IoT")) for i in range(9)]
    assert digest_of(*entries) == digest_of(*reversed(entries))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.sampled_from(["ja", "en"]),
            st.sampled_from(["2020-12-01", "2020-12-08", "2020-12-13", "2020-12-14"]),
            st.sampled_from(["announcement", "blog", "note"]),
            st.sampled_from(["Compute", "IoT", "Other"]),
        ),
        max_size=25,
    )
)
def test_every_story_launched_in_the_week_stands_in_exactly_one_area(
    rows: list[tuple[int, str, str, str, str]],
) -> None:
    entries = [
        stored(
            f"T{n}",
            n=n,
            story=f"s{story}",
            lang=lang,
            day=day,
            kind=kind,
            source=f"x{n}",
            known=facts(area=area),
        )
        for n, (story, lang, day, kind, area) in enumerate(rows)
    ]
    digest = digest_of(*entries)
    told = [item.story for group in digest.areas for item in group.items]
    launched = {
        e.story
        for e in entries
        if e.entry.kind == "announcement"
        and min(
            o.entry.published
            for o in entries
            if o.story == e.story and o.entry.kind == "announcement"
        )
        in WEEK
    }
    assert len(told) == digest.total == sum(c.count for c in digest.counts)
    if launched:
        assert sorted(told) == sorted(launched)


def test_what_stands_apart_is_told_once_and_two_notes_are_two() -> None:
    launch = stored("Redshift ML", text="It learns.")
    post = stored("A post", kind="blog", story="p", source="aws-blog")
    translated = stored("投稿", kind="blog", story="p", source="aws-blog-ja", lang="ja")
    again = stored("投稿", kind="blog", story="p", source="digest", lang="ja", part_of="x")
    notes = [
        stored(f"{who}'s notes on a talk", kind="note", story="t", source=f"{who}.example")
        for who in ("ann", "bob")
    ]
    digest = digest_of(launch, post, translated, again, *notes)
    assert [i.title for i in digest.apart if i.kind == "blog"] == ["投稿"]
    assert [c.title for i in digest.apart for c in i.copies] == ["A post"]
    assert sorted(i.title for i in digest.apart if i.kind == "note") == [
        "ann's notes on a talk",
        "bob's notes on a talk",
    ]


def test_a_reference_is_named_once_however_many_digests_hold_it() -> None:
    launch = stored("Redshift ML", story="s", text="It learns.")
    told = [
        stored("Redshift ML を読む", kind="blog", story="s", lang="ja", source=source,
               part_of=part, url=url)
        for source, part, url in (
            ("one", "x", None), ("two", "y", "https://example.org/a"), ("three", "z", None)
        )
    ]  # fmt: skip
    (item,) = digest_of(launch, *told).items
    assert [(c.title, c.url) for c in item.companions] == [
        ("Redshift ML を読む", "https://example.org/a")
    ]
