"""Files, folders and patterns: walked in order, read one by one, never all in memory."""

import glob
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.imports.records import read_records
from crawler.imports.shapes import read_bytes
from crawler.imports.values import is_lines, parse_lines
from crawler.opml import is_opml, read_opml
from crawler.origin import Origin
from crawler.reading import Reading, Skipped, Subscription
from index.errors import FeedError, SourceError

MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE
CHUNK = 16 * MEGABYTE
LONGEST_LINE = 16 * MEGABYTE
_SNIFFED = 64 * 1024
Tell = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What one file, or one stretch of a long one, gave: a reading, feeds, or the reason."""

    name: str
    size: int
    reading: Reading | None = None
    subscriptions: tuple[Subscription, ...] = ()
    reason: str = ""


def read_paths(paths: Iterable[str], now: datetime, limit: int = LARGEST) -> Iterator[FileReading]:
    """What every file of these files, folders and patterns holds, in order.

    What cannot be read comes with its reason and stops nothing. A file above `limit` bytes
    is refused, except JSON lines, which are read in stretches.
    """
    for path, reason in walk(paths):
        if reason:
            yield FileReading(name=str(path), size=0, reason=reason)
            continue
        try:
            yield from _read_file(path, now, limit)
        except SourceError as error:
            yield FileReading(name=str(path), size=_size(path), reason=error.reason)
        except OSError as error:
            yield FileReading(name=str(path), size=0, reason=error.strerror or "cannot be read")
        except (ValueError, RecursionError, OverflowError) as error:
            # A reader that meets what nobody foresaw loses its file, not the import.
            reason = f"cannot be read ({type(error).__name__}: {str(error)[:100]})"
            yield FileReading(name=str(path), size=_size(path), reason=reason)


def walk(paths: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """(file, "") for every file, each once, sorted; (path, reason) for what is none.

    Hidden files and folders inside a folder are passed over; a link is followed once.
    """
    seen: set[Path] = set()
    for given in paths:
        found = list(_files(given))
        if not found:
            yield Path(given), _nothing(given)
        for path in found:
            real = path.resolve()
            if real not in seen:
                seen.add(real)
                yield path, ""


def total_size(paths: Iterable[str]) -> int:
    """The bytes of all files, for a progress bar."""
    return sum(_size(path) for path, reason in walk(paths) if not reason)


def _files(given: str) -> Iterator[Path]:
    path = Path(given).expanduser()
    if path.is_dir():
        inner = sorted(p for p in path.rglob("*") if p.is_file())
        yield from (p for p in inner if not _is_hidden(p.relative_to(path)))
    elif path.exists():
        yield path
    elif glob.has_magic(given):
        for match in sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207 (absolute patterns)
            yield from _files(match) if Path(match).is_dir() else [Path(match)]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _nothing(given: str) -> str:
    if Path(given).expanduser().is_dir():
        return "no files in this folder"
    return "no file fits this pattern" if glob.has_magic(given) else "no such file or folder"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read_file(path: Path, now: datetime, limit: int) -> Iterator[FileReading]:
    size = _size(path)
    if not path.is_file():
        raise FeedError("no ordinary file", name=str(path))
    origin = Origin(name=path.name, path=str(path.resolve()), day=_day(path), now=now)
    with path.open("rb") as opened:
        head = opened.read(_SNIFFED)
        text = head.decode("utf-8", "ignore")
        if is_opml(text):
            feeds = read_opml(head + opened.read(limit), path.name)
            yield FileReading(name=str(path), size=size, subscriptions=feeds)
        elif size > CHUNK and is_lines(text.rsplit("\n", 1)[0] + "\n{"):
            yield from _read_lines(path, origin)
        elif size > limit:
            least, most = size / MEGABYTE, limit // MEGABYTE
            reason = f"{least:.0f} MB is above the limit of {most} MB for one file; split it"
            raise FeedError(reason, name=path.name)
        else:
            reading = read_bytes(head + opened.read(), origin)
            yield FileReading(name=str(path), size=size, reading=reading)


def _read_lines(path: Path, origin: Origin) -> Iterator[FileReading]:
    """JSON lines of any length, a stretch of whole lines at a time."""
    start = 1
    with path.open("rb") as opened:
        while lines := opened.readlines(CHUNK):
            text = b"".join(lines).decode("utf-8", "replace")
            reading = read_records(parse_lines(text, start), origin)
            size = sum(map(len, lines))
            yield FileReading(name=str(path), size=size, reading=reading)
            start += len(lines)


def _day(path: Path) -> datetime:
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def left_out(reading: FileReading) -> tuple[Skipped, ...]:
    """All that was left out of a file, each with the file's name; a file that gave nothing
    counts as left out too."""
    if reading.reason:
        return (Skipped(reading.name, reading.reason),)
    found = reading.reading
    if found is None:
        return ()
    inner = tuple(replace(s, where=f"{reading.name}: {s.where}") for s in found.skipped)
    if not found.entries and not inner:
        return (Skipped(reading.name, f"nothing found in it ({found.form})"),)
    return inner
