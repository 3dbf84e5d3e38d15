"""Session catalogues: a record of JSON or CSV becomes a session."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from crawler.codes import Code, code_in_title, event_year, parse_code, without_code
from crawler.dates import parse_date
from crawler.drafts import Draft
from crawler.events import FIRST_YEAR, reinvent_start
from crawler.imports.fields import Fields
from crawler.markup import mend_link, one_line, to_markdown
from crawler.origin import Origin
from index.entry import Session, short_hash

LAS_VEGAS = timezone(timedelta(hours=-8), "PST")
CODES = (
    "code",
    "session_code",
    "abbreviation",
    "session_id_code",
    "third_party_id",
    "session_number",
)
TITLES = ("title", "session_title", "name", "session_name")
ABSTRACTS = ("abstract", "description", "session_abstract", "body", "text")
ADDRESSES = ("session_url", "link", "url", "href", "youtube_url", "video_url")
FORMS = ("session_type", "type", "format")
STARTS = ("start_time", "start", "startdatetime", "begin", "session_start", "starts_at")
TOPICS = ("topic", "topics", "track", "tracks", "secondary_topic", "areas_of_interest",
          "area_of_interest", "industry")  # fmt: skip
SERVICES = ("service", "services", "service_2", "service_3", "service_detail")
PEOPLE = ("speakers", "speaker", "presenters", "presenter")
_LEVELS = {"foundational": 100, "intermediate": 200, "advanced": 300, "expert": 400,
           "introductory": 200, "beginner": 100}  # fmt: skip
_LEVEL = re.compile(r"(?<!\d)([1-5]00)(?!\d)")
_REPEAT = re.compile(r"\[\s*repeat\s*(\d*)\s*\]", re.I)
_ASKED = re.compile(r"[?&]session(?:_?code)?=([\w-]+)", re.I)
_YOUTUBE = re.compile(r"(?:youtube\.com/(?:watch|embed|live)|youtu\.be/)", re.I)
_SESSION_KEYS = ("session_code", "abbreviation", "call_to_action_link", "session_id",
                 "session_type", "session_title", "session_url", "scheduling_data",
                 "presenters")  # fmt: skip


def is_session(fields: Fields) -> bool:
    """True for a catalogue's record, or for a video of re:Invent."""
    if any(key in fields for key in _SESSION_KEYS):
        return True
    if fields.has("abstract") and fields.has("type", "level", "speakers", "code"):
        return True
    address, title = fields.address(*ADDRESSES), fields.text(*TITLES)
    return bool(_YOUTUBE.search(address) and (code_in_title(title) or event_year(title)))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a whole catalogue says of each of its sessions: its event's year."""

    year: int | None


def catalogue_of(records: Iterable[Fields], origin: Origin) -> Catalogue:
    """The year of a catalogue: by its titles, by its own words, by its name and folder."""
    for number, fields in enumerate(records):
        if number > 50:
            break
        start = _start(fields)
        for text in (fields.text(*TITLES), fields.text("event_id"), *_addresses(fields)):
            if year := event_year(text):
                return Catalogue(year)
        if start and start.month >= 10 and start.year >= FIRST_YEAR:
            return Catalogue(start.year)
    return Catalogue(_year_in(_ended(origin.path)) or _year_in(origin.name))


def session_draft(fields: Fields, catalogue: Catalogue) -> Draft:
    """The draft of one record; entertainment without a code is an entry all the same."""
    title, abstract = fields.text(*TITLES), to_markdown(fields.text(*ABSTRACTS))
    if len(title) > 250 and not abstract:  # a column that slipped: the abstract as the title
        title, abstract = "", one_line(title)
    year = event_year(title) or catalogue.year
    session = _session(fields, title, year)
    heading = without_code(title) or _first_sentence(abstract)
    return Draft(
        title=heading,
        url=_own_address(fields),
        text=abstract,
        stated=tuple(d for d in (_start(fields), fields.value("published_at")) if d),
        guess=reinvent_start(year) if year else None,
        tags=session.topics,
        guid="" if session.code else f"title:{short_hash(folded(heading), 16)}",
        lang=_language(fields),
        kind="session",
        source=f"reinvent-{year}" if year else "",
        session=session,
    )


def folded(title: str) -> str:
    """A title by which two records of one session are equal."""
    return re.sub(r"[\W_]+", "", title).casefold()


def _session(fields: Fields, title: str, year: int | None) -> Session:
    attributes = fields.inner("attributes")
    code = _code(fields, title)
    form = one_line(fields.text(*FORMS))
    services = fields.whole(*SERVICES) + attributes.whole("services")
    return Session(
        code=code.base if code else "",
        variant=(code.variant if code else "") or _repeat(title),
        year=year,
        level=_level(fields, attributes, code),
        form="" if form.isdigit() else form,
        topics=_topics(fields) + attributes.whole("topics", "areas_of_interest", "industries"),
        speakers=fields.whole(*PEOPLE),
        services=tuple(s for s in services if _is_service(s)),
        video=_media(fields, "video"),
        slides=_media(fields, "slide"),
    )


def _code(fields: Fields, title: str) -> Code | None:
    if code := parse_code(fields.text(*CODES)):
        return code
    for address in _addresses(fields):
        asked = _ASKED.search(address)
        if asked and (code := parse_code(asked[1])):
            return code
    return code_in_title(title)


def _addresses(fields: Fields) -> tuple[str, ...]:
    keys = ("call_to_action_link", *ADDRESSES)
    return tuple(a for key in keys if (a := fields.address(key)))


def _own_address(fields: Fields) -> str:
    """The page or the video of the session; an address that only registers is none."""
    for key in ADDRESSES:
        address = fields.address(key)
        if address.startswith(("http", "//")) and mend_link(address):
            return address
    return _media(fields, "video") or ""


def _media(fields: Fields, wanted: str) -> str | None:
    media = fields.value("media")
    for medium in media if isinstance(media, list) else ():
        if isinstance(medium, dict):
            inner = Fields(medium)
            if wanted in inner.text("type").lower():
                return mend_link(inner.address("url"))
    found = fields.address(f"{wanted}_url", wanted, f"{wanted}s", "youtube_url")
    if wanted == "video":
        found = found or fields.address("url", "href", "link")
        return mend_link(found) if _YOUTUBE.search(found) else None
    return mend_link(found) if found.startswith("http") and not _YOUTUBE.search(found) else None


def _start(fields: Fields) -> datetime | None:
    scheduled = fields.inner("scheduling_data").inner("start").value("timestamp")
    if scheduled:
        return parse_date(scheduled)
    clock = fields.text(*STARTS)
    day = fields.text("date", "day")
    stated = (
        f"{day} {clock}" if day and re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?", clock) else clock or day
    )
    return parse_date(stated, zone=LAS_VEGAS)


def _level(fields: Fields, attributes: Fields, code: Code | None) -> int | None:
    said = fields.text("level", "session_level") or next(iter(attributes.whole("level")), "")
    if found := _LEVEL.search(said):
        return int(found[1])
    by_word = _LEVELS.get(said.strip().lower())
    if by_word or not code:
        return by_word
    digit = re.sub(r"\D", "", code.base)[:1]
    return int(digit) * 100 if digit in "1234" and len(re.sub(r"\D", "", code.base)) >= 3 else None


def _topics(fields: Fields) -> tuple[str, ...]:
    if fields.has("hidden_tags"):  # the public tags are one comma-joined text there
        return fields.texts("tags")
    return fields.whole(*TOPICS)


def _is_service(text: str) -> bool:
    return bool(re.match(r"^(?:Amazon|AWS|Alexa|Elastic|[A-Z0-9])", text)) and not _LEVEL.match(
        text
    )


def _language(fields: Fields) -> str:
    names = {"japanese": "ja", "korean": "ko", "chinese": "zh", "french": "fr", "italian": "it",
             "spanish": "es", "portuguese": "pt", "german": "de"}  # fmt: skip
    said = {t.strip("_").lower() for t in fields.texts("hidden_tags", "language", "tags")}
    if "english" in said:
        return ""
    if stated := fields.text("locale", "lang"):
        return stated
    return next((code for name, code in names.items() if name in said), "")


def _repeat(title: str) -> str:
    found = _REPEAT.search(title)
    return f"R{found[1]}" if found else ""


def _ended(path: str) -> str:
    """The file and the two folders around it: what stands further up is the machine's."""
    return "/".join(re.split(r"[/\\]", path)[-3:])


def _year_in(text: str) -> int | None:
    found = re.search(r"(?<!\d)(20[12]\d)(?!\d)", text)
    return int(found[1]) if found and int(found[1]) >= FIRST_YEAR else None


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?。])\s+", one_line(text), maxsplit=1)[0][:140]
