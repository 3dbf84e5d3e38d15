"""Session catalogues: codes wherever they hide, variants under one base code, one id for all."""

import json
from datetime import UTC, datetime

import pytest

from crawler.codes import code_in_title, event_year, parse_code, without_code
from crawler.events import reinvent_year
from crawler.imports.shapes import read_bytes
from crawler.origin import Origin
from index.entry import Entry

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def read(records: object, name: str = "reinvent-2020.json") -> tuple[Entry, ...]:
    data = records if isinstance(records, bytes) else json.dumps(records).encode()
    return read_bytes(data, Origin(name=name, path=f"/x/{name}", now=NOW)).entries


@pytest.mark.parametrize(
    ("title", "base", "variant"),
    [
        ("re:Invent2020 report :(EMB023) Aurora", "EMB023", ""),
        ("AWS re:Invent 2022 - Testing at scale (SVS210-L)", "SVS210", "L"),
        ("DOP309-R Improving resiliency", "DOP309", "R"),
        ("ARC213-R1 - [REPEAT 1] Patterns", "ARC213", "R1"),
        ("[REPEAT] DEV303-R: Observability", "DEV303", "R"),
        ("Customer journeys #AWSreInvent #NTA101", "NTA101", ""),
        ("A talk (IND3320)", "IND3320", ""),
        ("Sponsored talk (DVT222-S)", "DVT222", "S"),
        ("Bedrock Knowledge Bases-AIM396-NEW", "AIM396", ""),
        ("GPSTEC313 - Partner talk", "GPSTEC313", ""),
    ],
)
def test_a_code_is_found_where_titles_hide_it(title: str, base: str, variant: str) -> None:
    code = code_in_title(title)
    assert code is not None
    assert (code.base, code.variant) == (base, variant)


@pytest.mark.parametrize(
    "title",
    [
        "AWS 2024 recap",
        "EC2 and S3",
        "Use SHA256 (SHA256)",
        "AES256 in short",
        "Top 100",
        "C5 (2020)",
    ],
)
def test_names_of_the_trade_are_no_codes(title: str) -> None:
    assert code_in_title(title) is None


def test_a_title_is_cleared_of_code_and_marks() -> None:
    assert without_code("ADT201-L - Leadership Session: Ads") == "Leadership Session: Ads"
    assert without_code("[REPEAT 2] Long work with Steps") == "Long work with Steps"
    assert without_code("AWS re:Invent 2022 - Keynote (KEY001)") == "Keynote"
    assert without_code("[NEW LAUNCH!] A thing") == "[NEW LAUNCH!] A thing"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("AWS re:Invent 2022 - x", 2022),
        ("reInvent2019", 2019),
        ("2018 re:Invent", 2018),
        ("x", None),
    ],
)
def test_the_year_of_the_event_stands_beside_its_name(text: str, year: int | None) -> None:
    assert event_year(text) == year


def test_a_report_of_january_tells_of_the_year_before() -> None:
    assert reinvent_year(datetime(2021, 1, 20, tzinfo=UTC)) == 2020
    assert reinvent_year(datetime(2020, 12, 20, tzinfo=UTC)) == 2020
    assert reinvent_year(datetime(2020, 7, 1, tzinfo=UTC)) is None


def test_only_a_whole_code_is_parsed() -> None:
    assert parse_code("ret352-g") is not None
    assert parse_code("SV_9nLjGmgTh1ZmvMp") is None
    assert parse_code("") is None


def schedule(name: str, code: str, **more: object) -> dict[str, object]:
    link = f"https://example.org/form?session={code}" if code else ""
    start = {"start": {"timestamp": 1606795200, "timeZoneOffset": -28800}}
    return {"name": name, "description": "<div><div>About it.</div></div>", "presenters": [],
            "tags": "Storage,Session", "hiddenTags": "__storage,english", "schedulingData": start,
            "callToActionLink": link, **more}  # fmt: skip


def test_the_code_in_a_link_and_the_time_in_seconds_are_read() -> None:
    (entry,) = read({"sessions": [schedule("[NEW LAUNCH!] EFS ", "STG213")]})
    assert entry.session is not None
    assert (entry.kind, entry.source, entry.title) == (
        "session",
        "reinvent-2020",
        "[NEW LAUNCH!] EFS",
    )
    assert (entry.session.code, entry.session.year, entry.session.level) == ("STG213", 2020, 200)
    assert entry.published == datetime(2020, 12, 1, 4, tzinfo=UTC)
    assert entry.session.topics == ("Storage", "Session")
    assert entry.text == "About it."


def test_repeats_and_variants_are_one_session() -> None:
    records = [schedule("Talk", "DOP309-R"), schedule("[REPEAT] Talk", "DOP309-G"),
               schedule("Talk", "DOP309"), schedule("Wine tasting", ""),
               schedule("Wine tasting", "")]  # fmt: skip
    entries = read({"sessions": records})
    assert [(e.title, e.session.code if e.session else "") for e in entries] == [
        ("Talk", "DOP309"),
        ("Wine tasting", ""),
    ]


def test_a_session_has_the_same_id_in_every_catalogue() -> None:
    csv = b"session_code,session_title,repeat,abstract,type,speakers,start_time\n" + (
        b'DOP309-R1,"[REPEAT 1] Talk",1,"One, two.",Chalk Talk,"A. Person",2020-12-02 10:00:00\n'
    )
    video = [
        {"title": f"AWS re:Invent 2020 - {t} ({c})", "href": "https://youtu.be/abcdefghij" + str(n)}
        for n, (t, c) in enumerate((("Talk", "DOP309"), ("Other", "DOP310-S")))
    ]
    materials = [
        {"title": "DOP309-L - Talk", "abstract": "x", "type": "session",
         "media": [{"type": "Video", "url": '<iframe src="https://www.youtube.com/embed/abcdefghij0">'}]}
    ]  # fmt: skip
    found = [read(csv, "2020.csv")[0], read(video)[0], read(materials)[0]]
    found.append(read({"sessions": [schedule("Talk", "DOP309-G")]})[0])
    assert len({entry.id for entry in found}) == 1
    assert found[1].session and found[1].session.video == "https://youtu.be/abcdefghij0"
    assert (
        found[2].session and found[2].session.video == "https://www.youtube.com/embed/abcdefghij0"
    )


def test_lists_levels_and_floats_of_the_newest_catalogue_are_read() -> None:
    record = {"code": "IND3320", "title": "T", "abstract": "A.", "type": "Breakout session",
              "length": 60.0, "sessionID": "1", "eventId": "17436415reinvent2025", "published": 1.0,
              "attributes": {"level": ["300 – Advanced"], "topics": ["Compute"], "services": []},
              "speakers": [{"fullName": "A Person", "company": "C"}]}  # fmt: skip
    (entry,) = read([record], "sessions.json")
    session = entry.session
    assert session is not None
    assert (session.code, session.year, session.level) == ("IND3320", 2025, 300)
    assert (session.topics, session.speakers) == (("Compute",), ("A Person",))
    assert (entry.published, entry.dated_by) == (datetime(2025, 12, 1, tzinfo=UTC), "guess")


def test_a_catalogue_without_titles_takes_the_first_sentence() -> None:
    record = {"Position": "1", "Session Type": "Chalk talk", "Topic": "Architecture",
              "Level": "300 – Advanced", "Service": "Amazon EventBridge", "Service 2": "",
              "Description": "Events are back. Learn how."}  # fmt: skip
    (entry,) = read([record], "2024-catalog.json")
    assert entry.title == "Events are back."
    assert entry.session is not None
    assert (entry.session.year, entry.session.services) == (2024, ("Amazon EventBridge",))


def test_the_oldest_catalogue_page_is_read_past_its_dtd() -> None:
    page = b"""<!DOCTYPE definition [ <!ENTITY ndash "&#8211;"> ]>
    <div id="searchResult"><div class="resultRow sessionRow">
    <span class="abbreviation">ARC201 - </span><span class="title">Services</span>
    <span class="abstract">Long words. <a href="#">View Less</a></span><small class="type">Breakout
    Session</small></div></div>"""
    (entry,) = read(page, "2015-ARC.html")
    assert entry.session is not None
    assert (entry.session.code, entry.session.year, entry.text) == ("ARC201", 2015, "Long words.")


def test_parts_under_one_code_keep_both_abstracts() -> None:
    records = [schedule("Modeling – Part 1", "DAT305-PT1", description="First."),
               schedule("Modeling – Part 2", "DAT305-PT2", description="Second.")]  # fmt: skip
    (entry,) = read({"sessions": records})
    assert "First." in entry.text
    assert "Second." in entry.text
