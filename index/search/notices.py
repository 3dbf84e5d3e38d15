"""What was done to a query or to the index, each by a name and with its values."""

NOTICES = {
    "healed": "the search index was damaged and has been rebuilt ({error})",
    "renewed": "the search index was of another version and has been rebuilt",
    "corrected": "nothing was found for “{asked}”; this is “{better}”",
    "relaxed": "no entry has all of these words; these have some of them",
    "formerly": "{service}, formerly {former}: every name is searched",
    "unknown": "no {field} is named '{value}'",
    "unknown-near": "no {field} is named '{value}'; did you mean '{near}'?",
    "unknown-words": "no {field} is named '{value}'; it was searched as words",
    "unknown-words-near": "no {field} is named '{value}' (did you mean {near}?); "
    "it was searched as words",
    "no-date": "{field}: was not understood ({error}); it was searched as words",
    "no-order": "there is no order '{value}': newest, oldest or relevance",
    "no-word": "the query holds no word that can be searched",
    "too-long": "only the first {most} characters of the query were read",
    "too-many": "only the first {most} parts of the query were read",
    "too-deep": "brackets deeper than {most} were ignored",
    "lonely-or": "an OR without a word on each side was ignored",
    "open-quote": "a quotation mark is not closed; the words after it are the phrase",
}


class Notice(str):
    """A notice in English, as a text; by its `name` and `values` a screen says it otherwise."""

    __slots__ = ("name", "values")
    name: str
    values: dict[str, object]

    def __new__(cls, name: str, **values: object) -> "Notice":
        notice = super().__new__(cls, NOTICES[name].format(**values))
        notice.name, notice.values = name, values
        return notice
