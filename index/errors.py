"""Every error that a person may see; each says what, which, and what to do.

KnowledgeBaseError
  + SourceError(name, url)      a source could not be collected
  |   + FetchError              ... on the wire
  |   + FeedError               ... its bytes are no feed, export or catalogue
  |   + PageError               ... its page has not the expected shape
  + StoreError                  the knowledge base cannot be read or written
  + SearchError                 the index cannot answer
  + ConfigError(key)            a setting, a taxonomy line or an argument is wrong
"""


class KnowledgeBaseError(Exception):
    """The base: its text is one sentence for a person; `exit_code` is the process's."""

    exit_code = 2


class SourceError(KnowledgeBaseError):
    """A source could not be read; `name` is the source or file, `url` its address if any."""

    exit_code = 3

    def __init__(self, message: str, *, name: str = "", url: str = "") -> None:
        super().__init__(f"{name}: {message}" if name else message)
        self.reason = message
        self.name = name
        self.url = url


class FetchError(SourceError):
    """The wire failed: no answer, a refusal, a limit."""


class FeedError(SourceError):
    """The bytes are not what the reader understands."""


class PageError(SourceError):
    """The page has not the expected shape."""


class StoreError(KnowledgeBaseError):
    """The knowledge base on disk cannot be read or written."""


class SearchError(KnowledgeBaseError):
    """The index cannot answer."""


class ConfigError(KnowledgeBaseError):
    """A setting is wrong; `key` names it."""

    def __init__(self, message: str, *, key: str = "") -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
