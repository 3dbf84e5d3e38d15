"""OPML: the list of feeds that another reader exported."""

from crawler.reading import Subscription


def read_opml(data: bytes, name: str = "") -> tuple[Subscription, ...]:
    """The feeds of an OPML file in its order, well-formed or not; a repeated address once.

    Raises FeedError when there is no outline in it.
    """
    raise NotImplementedError((data, name))
